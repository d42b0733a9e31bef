#include "engine/history/correlation_json.h"
#include "engine/runtime/correlation.h"
#include "engine/runtime/desk_answers.h"
#include "engine/runtime/event_payload.h"
#include "engine/runtime/instance_desk.h"
#include "engine/runtime/instance_ids.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

// Events that name no instance: whom they reach (semantics 10).

namespace engine {
namespace {

/// So many instances can be reached by one event.
constexpr int mostReached = 10'000;
/// So many events are kept for waits to open.
constexpr std::size_t mostKept = 100'000;

/// An instance that waits for the event.
struct Target {
    KeyedWait wait;
    const EventDeclaration *event = nullptr; ///< of its version
    std::string key;
};

/// An event on its way, and what the flows say of it.
struct Raised {
    std::string name; ///< folded
    RaiseCorrelated event;
    std::vector<CorrelatingFlow> flows; ///< the versions that correlate it and count
    std::vector<EventKey> keys;
};

/// The newest versions of the flows; all, if none of the newest correlates it any more.
std::vector<CorrelatingFlow> newestOf(const std::vector<CorrelatingFlow> &flows)
{
    std::vector<CorrelatingFlow> newest;
    std::ranges::copy_if(flows, std::back_inserter(newest), &CorrelatingFlow::isNewest);
    return newest.empty() ? flows : newest;
}

/// What a flow says of the payload.
struct Verdict {
    bool ignores = false;
    std::vector<SchemaFault> faults; ///< empty: it takes it
};

Verdict verdictOf(const EventDeclaration &event, const JsonText &payload)
{
    Verdict verdict{event.onInvalid == "ignore", checkPayload(&event, payload).faults};
    if (event.onInvalid == "fail")
        verdict.faults.clear();
    return verdict;
}

Error invalidPayload(const std::string &name, const std::vector<SchemaFault> &faults)
{
    return {ErrorCode::InvalidArgument,
        "event '" + name + "' does not match its schema: " + sentence(faults),
        faults.front().pointer};
}

Instant keptUntil(const std::vector<CorrelatingFlow> &flows, Instant now)
{
    Instant until = now;
    for (const CorrelatingFlow &one : newestOf(flows))
        until = std::max(until, now + one.event->ttl.value_or(defaultTtl));
    return until;
}

} // namespace

/// One event in the desk's hands, from the raise to the answer.
class InstanceDesk::Correlating
{
public:
    Correlating(InstanceDesk &desk, Queued &queued, TurnInHand &hand)
        : m_desk(desk)
        , m_queued(queued)
        , m_hand(hand)
        , m_now(desk.m_parts.clock.now())
    {
        m_raised.event = std::get<RaiseCorrelated>(queued.message.body);
        m_raised.name = foldedEventName(m_raised.event.name);
    }

    Result<void> receive()
    {
        if (auto found = findFlows(); !found)
            return found;
        if (m_raised.flows.empty())
            return refuse({ErrorCode::NotFound,
                "no flow correlates the event '" + m_raised.event.name +
                    "'; deploy one that declares 'correlate' for it, or raise it for an instance",
                {}});
        auto keys = keysOf(bare(), m_raised.event.key, m_raised.flows);
        if (!keys)
            return refuse(keys.error());
        m_raised.keys = *std::move(keys);
        const auto before = firstAnswer();
        if (!before)
            return before.error();
        if (*before)
            return accept(**before, true);
        auto targets = targetsOf();
        if (!targets)
            return targets.error();
        if (targets->size() > mostReached)
            return refuse({ErrorCode::WrongState,
                "more than " + std::to_string(mostReached) + " instances wait for '" +
                    m_raised.event.name + "' under " + keyList(m_raised.keys) +
                    ", which is the most that one event can reach; raise it for each of them",
                {}});
        if (targets->size() == 1)
            return forwardTo(targets->front());
        return targets->empty() ? meetNobody() : sendTo(*targets);
    }

private:
    /// The newest versions, and of the others those that have live instances; not asked of one that
    /// reads the key as a version before it does.
    Result<void> findFlows()
    {
        std::vector<CorrelatingFlow> flows = m_desk.m_parts.flows.correlating(m_raised.name);
        std::ranges::stable_partition(flows, &CorrelatingFlow::isNewest);
        std::set<std::string> expressions;
        for (const CorrelatingFlow &one : flows) {
            const std::string &expression = one.event->correlate->event.source;
            bool counts = one.isNewest || expressions.contains(expression);
            if (!counts) {
                auto live = m_desk.m_keys.isLive(one.flow->flow().name, one.flow->version());
                if (!live)
                    return live.error();
                counts = *live;
            }
            if (!counts)
                continue;
            expressions.insert(expression);
            m_raised.flows.push_back(one);
        }
        return {};
    }

    BareEvent bare() const { return {m_desk.m_parts.expressions, m_raised.event.payload, m_now}; }

    Result<std::optional<CorrelationAnswer>> firstAnswer()
    {
        const auto &id = m_raised.event.eventId;
        // One that is replayed was answered when it was logged, and that is what is to be mended.
        for (std::size_t i = 0; id && m_queued.replays == 0 && i < m_raised.keys.size(); ++i) {
            auto answer = m_desk.m_keys.answer(m_raised.name, m_raised.keys[i].key, *id);
            if (!answer || *answer)
                return answer;
        }
        return std::optional<CorrelationAnswer>();
    }

    /// Who gets it: of those whose flow wants it delivered to one, the one that has waited longest;
    /// all of the others. An instance that waits twice is reached once.
    Result<std::vector<Target>> targetsOf()
    {
        std::vector<Target> targets;
        std::set<RunKey> runs;
        bool hasOne = false;
        for (const EventKey &key : m_raised.keys) {
            auto waits = m_desk.m_keys.waiting(m_raised.name, key.key, mostReached + 1);
            if (!waits)
                return waits.error();
            for (KeyedWait &wait : *waits) {
                const EventDeclaration *event = m_desk.correlated(wait, m_raised.name, key);
                if (event && runs.insert(wait.run).second)
                    targets.push_back({std::move(wait), event, key.key});
            }
        }
        std::ranges::stable_sort(
            targets, {}, [](const Target &target) { return target.wait.openedAt; });
        std::erase_if(targets, [&hasOne](const Target &target) {
            const bool isOne = target.event->deliver != "all";
            return isOne && std::exchange(hasOne, true);
        });
        return targets;
    }

    /// The instance decides about it as about any other event, and what it says is the answer.
    Result<void> forwardTo(const Target &target)
    {
        const InstanceId instance = target.wait.instance;
        m_queued.message.instance = instance;
        m_queued.message.body = eventUnder(m_raised.event, target.key);
        if (!m_queued.answered)
            m_queued.answered = [](const Result<Accepted> &) {};
        if (auto done = m_desk.forward(m_queued, m_hand); !done)
            return done;
        auto &result = m_hand.answers.back().second;
        if (!result)
            return {};
        result->correlation = CorrelationAnswer{.reached = {instance.value}};
        remember(*result->correlation);
        return {};
    }

    /// Several: each gets a message of its own, which is on disk with the answer.
    Result<void> sendTo(const std::vector<Target> &targets)
    {
        CorrelationAnswer answer;
        std::vector<SchemaFault> faults;
        for (const Target &target : targets) {
            const Verdict verdict = verdictOf(*target.event, m_raised.event.payload);
            if (!verdict.faults.empty() && !verdict.ignores) {
                faults = verdict.faults;
                continue;
            }
            m_desk.send({target.wait.instance, {}, eventUnder(m_raised.event, target.key)}, m_hand);
            answer.reached.push_back(target.wait.instance.value);
        }
        if (answer.reached.empty())
            return refuse(invalidPayload(m_raised.event.name, faults));
        return accept(std::move(answer));
    }

    /// Nobody waits for it: it starts an instance, or it is kept.
    Result<void> meetNobody()
    {
        if (auto fault = wrongForAll()) {
            if (!fault->ignores)
                return refuse(invalidPayload(m_raised.event.name, fault->faults));
            return log("invalid payload: " + sentence(fault->faults));
        }
        auto starts = startsOf();
        if (!starts)
            return refuse(starts.error());
        return starts->empty() ? keep() : start(*std::move(starts));
    }

    /// Why no flow of today takes the payload; nothing if one does.
    std::optional<Verdict> wrongForAll() const
    {
        std::optional<Verdict> wrong;
        for (const CorrelatingFlow &one : newestOf(m_raised.flows)) {
            Verdict verdict = verdictOf(*one.event, m_raised.event.payload);
            if (verdict.faults.empty())
                return {};
            if (!wrong || verdict.ignores)
                wrong = std::move(verdict);
        }
        return wrong;
    }

    /// The instances that the event is to start: one of each flow whose newest version says so. One
    /// whose id is live is not there to be started: it will wait for the event later.
    Result<std::vector<Message>> startsOf()
    {
        std::vector<Message> starts;
        for (const CorrelatingFlow &one : m_raised.flows) {
            if (!one.isNewest || !one.event->startsFlow || !hasKey(one))
                continue;
            if (!verdictOf(*one.event, m_raised.event.payload).faults.empty())
                continue;
            auto message = startOf(one);
            if (!message)
                return message.error();
            const auto known = m_desk.lookUp(message->instance);
            if (!known)
                return known.error();
            if (!*known || (*known)->finished)
                starts.push_back(*std::move(message));
        }
        return starts;
    }

    bool hasKey(const CorrelatingFlow &flow) const
    {
        return std::ranges::find(m_raised.keys, flow.event->correlate->event.source,
                   &EventKey::expression) != m_raised.keys.end();
    }

    Result<Message> startOf(const CorrelatingFlow &one)
    {
        const auto wrong = [&one](const char *member, const std::string &why) {
            return Error{ErrorCode::InvalidArgument,
                "flow '" + one.flow->flow().name.value + "', event '" + one.event->name +
                    "', 'startsFlow." + member + "': " + why,
                {}};
        };
        const EventStart &start = *one.event->startsFlow;
        Message message;
        if (start.id) {
            const auto id = filledIn(bare(), *start.id);
            const auto text = id ? keyFrom(*id) : std::nullopt;
            if (!text)
                return wrong("id", id ? whyNoKey(*id) : id.error().message);
            if (const auto right = checkInstanceId({*text}); !right)
                return wrong("id", right.error().message);
            message.instance = {*text};
        } else {
            message.instance = makeInstanceId(m_now, m_desk.m_parts.random);
        }
        auto input = start.input ? filledIn(bare(), *start.input) : Result(JsonText());
        if (!input)
            return wrong("input", input.error().message);
        message.body = StartInstance{one.flow->flow().name, one.flow->version(), *std::move(input),
            m_raised.event.source, {}};
        return message;
    }

    Result<void> start(std::vector<Message> messages)
    {
        CorrelationAnswer answer;
        std::optional<Error> refusal;
        RunKey run;
        for (Message &message : messages) {
            Queued start{std::move(message), [](const Result<Accepted> &) {}};
            if (auto done = m_desk.start(start, m_hand); !done)
                return done;
            const Result<Accepted> started = std::move(m_hand.answers.back().second);
            m_hand.answers.pop_back();
            if (!started && !refusal)
                refusal = started.error();
            if (!started)
                continue;
            answer.started.push_back(started->instance.value);
            run = started->run;
        }
        if (answer.started.empty())
            return refuse(*std::move(refusal));
        return accept(std::move(answer));
    }

    Result<void> keep()
    {
        const Instant until = keptUntil(m_raised.flows, m_now);
        if (until <= m_now)
            return log("no instance waits under " + keyList(m_raised.keys));
        if (m_desk.m_keys.keptCount() >= mostKept)
            return refuse({ErrorCode::Busy,
                std::to_string(mostKept) +
                    " events are kept for instances that are yet to wait for "
                    "them; send more when some are taken",
                {}});
        m_desk.m_keys.keep(
            {m_desk.m_keys.nextId(), m_raised.event, m_raised.keys, m_now, until}, m_hand.turn);
        return accept({.keptUntil = until});
    }

    Result<void> log(std::string reason)
    {
        if (m_queued.replays == 0) {
            const std::string key = m_raised.keys.front().key;
            m_hand.turn.undelivered.push_back(
                {0, {}, eventUnder(m_raised.event, key), std::move(reason), m_now});
        }
        return accept({.undelivered = true});
    }

    Result<void> accept(CorrelationAnswer reached, bool duplicate = false)
    {
        if (!duplicate)
            remember(reached);
        if (m_queued.replays != 0 && !reached.undelivered)
            noteReplayed(reached);
        answer(
            m_hand, m_queued, Accepted{.duplicate = duplicate, .correlation = std::move(reached)});
        return {};
    }

    void noteReplayed(const CorrelationAnswer &reached)
    {
        m_hand.turn.undeliveredGone.push_back(m_queued.replays);
        AuditEntry entry = *std::exchange(m_queued.audit, {});
        entry.at = m_now;
        entry.after = JsonText::trusted(answerToText(reached));
        m_hand.turn.audit.push_back(std::move(entry));
    }

    void remember(const CorrelationAnswer &reached)
    {
        const auto &id = m_raised.event.eventId;
        std::set<std::string> keys;
        for (const EventKey &key : m_raised.keys) {
            if (id && keys.insert(key.key).second)
                m_desk.m_keys.remember({m_raised.name, key.key, *id, reached}, m_hand.turn);
        }
    }

    Result<void> refuse(Error error)
    {
        answer(m_hand, m_queued, std::move(error));
        return {};
    }

    InstanceDesk &m_desk;
    Queued &m_queued;
    TurnInHand &m_hand;
    Instant m_now;
    Raised m_raised;
};

Result<void> InstanceDesk::raiseCorrelated(Queued &queued, TurnInHand &hand)
{
    return Correlating(*this, queued, hand).receive();
}

} // namespace engine
