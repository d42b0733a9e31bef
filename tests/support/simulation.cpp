#include "tests/support/simulation.h"

#include "engine/history/history_json.h"
#include "engine/runtime/summary.h"
#include "tests/support/engine_world.h"
#include "tests/support/history_checks.h"
#include "tests/support/promise_watch.h"
#include "tests/support/simulated_flows.h"
#include "tests/support/simulated_people.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

namespace tests {
namespace {

using namespace engine;

constexpr int operationsPerLife = 90;
constexpr int instanceNames = 9; ///< of instances that are started; the last are those of children

/// A message as its sender remembers it.
struct Sent {
    Message message;
    std::size_t answer = 0; ///< number in EngineWorld::answers
    RunKey receiver;        ///< current run of whoever an event is handed on to
};

class Life
{
public:
    Life(std::uint64_t seed, std::size_t cachedInstances, SimulatedDisk &disk, Reads reads)
        : m_random(seed)
        , m_reads(reads)
        , m_disk(disk)
        , m_world(seed, limits(seed, cachedInstances), &disk.store())
    {
        m_world.store.committed = [this](const Turn &turn) { m_watch.committed(turn); };
        for (const char *flow : simulatedFlows)
            deploy(flow);
        m_world.store.begun = [this] { beSlow(); };
    }

    SimulationReport live()
    {
        try {
            for (; m_operation < operationsPerLife; ++m_operation)
                act();
            bringToAnEnd();
        } catch (const std::exception &broken) {
            m_report.problem = broken.what();
        }
        for (const InstanceSummary &summary : all())
            describe(summary);
        m_report.sent = m_watch.sent();
        m_report.subFlows = m_watch.subFlows();
        m_report.refused = m_watch.refused();
        m_report.childFailures = m_watch.failed();
        m_report.canceled = m_watch.canceled();
        m_report.continued = m_watch.continued();
        m_report.correlated = m_watch.correlatedReached();
        m_report.keptForKeys = m_watch.correlatedKept();
        m_report.undelivered = int(m_disk.undelivered().size());
        return m_report;
    }

private:
    static SchedulerLimits limits(std::uint64_t seed, std::size_t cachedInstances)
    {
        SimRandom random(seed * 31);
        SchedulerLimits limits;
        limits.messagesPerTurn = 1 + random.below(6);
        limits.stepsPerDecision = 2 + random.below(12);
        limits.cachedInstances = cachedInstances;
        limits.factsPerSnapshot = 1 + Sequence(random.below(20));
        limits.allowed = {"all"};
        return limits;
    }

    void deploy(const char *flow)
    {
        const auto deployed = m_world.deploy(flow);
        expect(bool(deployed), "a flow of the simulation is no flow");
        for (const Problem &problem : deployed->problems)
            expect(problem.severity != Severity::Error, message(problem));
    }

    static void expect(bool holds, const std::string &promise)
    {
        if (!holds)
            throw std::runtime_error(promise);
    }

    static std::string nameOf(int name)
    {
        return name < 6 ? "i" + std::to_string(name) : "c" + std::to_string(name - 6);
    }
    /// Mostly one that is started by name; now and then one that a step of another one started.
    std::string someName()
    {
        const std::vector<InstanceSummary> known = all();
        if (known.empty() || !m_random.chance(25))
            return nameOf(m_random.below(instanceNames));
        return known[std::size_t(m_random.below(int(known.size())))].instance.value;
    }
    /// Mostly one that can be interrupted.
    std::string someHaltingName()
    {
        std::vector<std::string> names;
        for (const InstanceSummary &summary : all()) {
            if (summary.flow.value == "Halting" && !summary.finishedAt)
                names.push_back(summary.instance.value);
        }
        if (names.empty() || m_random.chance(10))
            return someName();
        return names[std::size_t(m_random.below(int(names.size())))];
    }
    /// Every instance that was ever started, by name.
    std::vector<InstanceSummary> all()
    {
        std::vector<InstanceSummary> found;
        for (const InstanceId &instance : m_watch.instances()) {
            found.push_back(m_world.summary(instance.value));
            if (found.back().run == RunKey()) // it was purged
                found.pop_back();
        }
        return found;
    }

    void act()
    {
        const int dice = m_random.below(100);
        if (dice < 15)
            send(startOf(nameOf(m_random.below(6)),
                std::array{"Order", "Votes", "Votes", "Votes", "Votes", "Counting", "Regions", "Parent",
                    "Asking", "Asking", "Halting", "Halting", "Halting", "Halting", "Halting",
                    "Keyed", "Keyed", "Keyed"}[m_random.below(18)],
                std::to_string(m_random.below(30))));
        else if (dice < 38)
            raise();
        else if (dice < 48)
            askPeople();
        else if (dice < 52)
            repeatAnEvent();
        else if (dice < 67)
            finishAnAttempt();
        else if (dice < 71)
            repeatAResult();
        else if (dice < 74)
            send(terminationOf(someName(), "enough"));
        else if (dice < 84)
            m_world.clock.advance(Milliseconds(m_random.below(20 * 60 * 1000)));
        else
            operate();
        if (m_random.chance(9))
            correct({"rest", "operator"});
        if (m_random.chance(60))
            settle();
    }

    /// What operators do, and what clocks do that somebody sets.
    void operate()
    {
        const int dice = m_random.below(100);
        const InstanceId instance{someName()};
        const Source source{"rest", "operator"};
        if (dice < 25)
            send({instance, {}, SuspendInstance{"", source}});
        else if (dice < 55)
            send({instance, {}, ResumeInstance{"", source}});
        else if (dice < 63)
            send({instance, {}, DeleteKeptEvent{someKeptEvent(instance), "", source}});
        else if (dice < 78)
            send({instance, {},
                HandOnEvent{someKeptEvent(instance), {someName()}, "", source}});
        else if (dice < 92)
            replayAnEvent(source);
        else
            m_world.clock.advance(std::chrono::minutes(m_random.below(400) - 200));
    }

    /// What operators do to put something right (semantics 9.2, 9.5).
    void correct(const Source &source)
    {
        const int dice = m_random.below(100);
        if (dice < 42)
            send({someFailed(), {}, RewindInstance{"", source, {}, {}}});
        else if (dice < 58)
            send({{someName()}, {}, PurgeInstance{"", source}});
        else if (dice < 64)
            send({{someName()}, {}, RestartInstance{{nameOf(m_random.below(6))}, "", source}});
        else if (dice < 71)
            send({{someName()}, {},
                EditVariables{{{"n", JsonText::trusted("0")}}, "a correction", source}});
        else
            moveOrSkip(source, dice < 78);
    }

    /// A wait or a timer that stands, but for retries.
    void skipSomething(
        const InstanceId &instance, const InstanceState &state, const Source &source)
    {
        std::vector<std::pair<BranchPath, StepId>> standing;
        for (const auto &[wait, open] : state.waits)
            standing.emplace_back(open.branch, open.step);
        for (const auto &[timer, open] : state.timers)
            standing.emplace_back(open.branch, open.step);
        if (standing.empty())
            return;
        const auto &[branch, step] = standing[std::size_t(m_random.below(int(standing.size())))];
        SkipStep skip{branch, step, m_random.chance(15) ? "B" : "", {}, "a correction", source};
        if (m_random.chance(20))
            skip.result = JsonText::trusted("{}");
        send({instance, {}, std::move(skip)});
    }

    InstanceId someFailed()
    {
        std::vector<InstanceId> failed;
        for (const InstanceSummary &summary : all()) {
            if (summary.status == InstanceStatus::Failed)
                failed.push_back(summary.instance);
        }
        if (failed.empty() || m_random.chance(10))
            return {someName()};
        return failed[std::size_t(m_random.below(int(failed.size())))];
    }

    /// A branch that stands on a step, and mostly a step of its flow.
    void moveOrSkip(const Source &source, bool moves)
    {
        const InstanceId instance{someName()};
        const auto rows = m_world.rows(instance.value);
        const InstanceState state = replay(rows);
        if (state.branches.empty())
            return;
        const BranchPath path =
            std::next(state.branches.begin(), m_random.below(int(state.branches.size())))->first;
        if (!moves)
            return skipSomething(instance, state, source);
        const auto &other =
            *std::next(state.branches.begin(), m_random.below(int(state.branches.size())));
        const auto &steps = other.second.steps;
        if (steps.empty())
            return;
        const StepId to = std::next(steps.begin(), m_random.below(int(steps.size())))->first;
        send({instance, {}, MoveBranch{path, {}, to, "a correction", source}});
    }

    /// Of what is on disk; 0 if nothing is kept.
    Sequence someKeptEvent(const InstanceId &instance)
    {
        const auto rows = m_world.rows(instance.value);
        const InstanceState state = replay(rows);
        if (state.kept.empty())
            return 0;
        return std::next(state.kept.begin(), m_random.below(int(state.kept.size())))->first;
    }

    void replayAnEvent(const Source &source)
    {
        const auto all = m_disk.undelivered();
        if (all.empty())
            return;
        const auto &one = all[std::size_t(m_random.below(int(all.size())))];
        m_replayed.insert(*one.event.eventId);
        send({{m_random.chance(50) ? someName() : std::string()}, {},
            ReplayUndelivered{one.id, source}});
    }

    void send(Message message)
    {
        m_pending.push_back({message, 0, {}});
        if (const auto *handedOn = std::get_if<HandOnEvent>(&message.body))
            m_pending.back().receiver = m_world.summary(handedOn->to.value).run;
        m_pending.back().answer = m_world.submit(std::move(message));
    }

    /// For whoever waits under its key.
    void correlate()
    {
        const std::string serial = std::to_string(++m_serial);
        const char *name = std::array{"K", "k", "K", "L", "S", "M"}[m_random.below(6)];
        const std::string payload =
            "{\"k\":" + std::to_string(m_random.below(3)) + ",\"n\":" + serial + "}";
        Message event{{}, {}, RaiseCorrelated{name, *JsonText::parse(payload), {}, "e" + serial,
                                 {"rest", PromiseWatch::correlated}}};
        m_events.push_back(event);
        send(std::move(event));
    }

    void raise()
    {
        if (m_random.chance(20))
            return correlate();
        // The others interrupt.
        const char *name = std::array{"A", "B", "C", "A", "B", "C", "B", "D", "D", "D", "E", "F", "G", "H", "H"}[m_random.below(15)];
        const std::string serial = std::to_string(++m_serial);
        Message event = eventFor(name[0] < 'D' ? someName() : someHaltingName(), name, "{\"n\":" + serial + "}", "e" + serial);
        if (m_random.chance(15))
            std::get<RaiseEvent>(event.body).branch =
                BranchPath{"each/" + std::to_string(m_random.below(2)) + "/split/vote"};
        else if (name[0] >= 'D' && m_random.chance(30))
            std::get<RaiseEvent>(event.body).branch =
                BranchPath{std::array{"", "split/vote", "split/work", "split/again"}[m_random.below(4)]};
        m_events.push_back(event);
        send(std::move(event));
    }

    /// Some instance that asks, if there is one.
    void askPeople()
    {
        std::vector<std::string> asking;
        for (const InstanceSummary &summary : all()) {
            if (summary.flow.value == "Asking" && !isFinished(summary.status))
                asking.push_back(summary.instance.value);
        }
        if (asking.empty())
            return;
        for (int times = m_random.below(3); times >= 0; --times) {
            const std::string &name = asking[std::size_t(m_random.below(int(asking.size())))];
            if (auto message =
                    m_people.act(name, m_world.rows(name), "p" + std::to_string(++m_serial)))
                send(*std::move(message));
        }
    }

    void repeatAnEvent()
    {
        if (!m_events.empty())
            send(m_events[std::size_t(m_random.below(int(m_events.size())))]);
    }

    void finishAnAttempt()
    {
        ActivityOutcome outcome = JsonText::trusted(std::to_string(++m_serial));
        if (m_random.chance(45))
            outcome = Failure{.type = m_random.chance(50) ? "HttpError" : "FileError",
                .message = std::to_string(m_serial)};
        if (auto result = m_world.activities.finishOldest(std::move(outcome))) {
            m_results.push_back(*result);
            send(*std::move(result));
        }
    }

    void repeatAResult()
    {
        if (!m_results.empty())
            send(m_results[std::size_t(m_random.below(int(m_results.size())))]);
    }

    /// A disk that is slow: time goes by between a decision and its commit.
    void beSlow()
    {
        if (!m_random.chance(8))
            return;
        m_world.clock.advance(Milliseconds(m_random.below(90'000)));
        ++m_report.slowCommits;
    }

    /// Runs turns, perhaps with a kill or a failing read among them, until the engine has nothing
    /// left to do.
    void settle()
    {
        if (m_random.chance(25))
            m_world.store.killNextCommit(
                m_random.chance(50) ? FaultyStore::Kill::Before : FaultyStore::Kill::After);
        if (m_reads == Reads::FailAtTimes && m_random.chance(30))
            m_world.store.failRead(1 + m_random.below(8));
        while (!m_world.settle())
            comeBack();
        m_world.store.killNextCommit(FaultyStore::Kill::Never);
        m_world.store.failRead(0);
        m_report.failedReads = m_world.store.failedReads;
        hearAnswers();
        checkWorld();
    }

    /// After a kill: start again, and whoever got no answer asks again.
    void comeBack()
    {
        ++m_report.kills;
        m_report.ignoredResults += int(m_world.scheduler->statistics().ignoredResults);
        const bool started = bool(m_world.restart());
        // A read can fail at a start as well; whoever starts it again finds all of it.
        if (!started && m_reads == Reads::FailAtTimes)
            return comeBack();
        expect(started, "the engine does not start again");
        std::vector<Sent> unanswered;
        std::ranges::copy_if(m_pending, std::back_inserter(unanswered), [this](const Sent &sent) {
            const auto &answer = m_world.answers[sent.answer];
            return !answer || (!*answer && answer->error().code == ErrorCode::Unavailable);
        });
        hearAnswers();
        m_pending.clear();
        for (Sent &sent : unanswered) {
            // Nobody repeats a result: recovery runs the attempt again.
            if (std::holds_alternative<ActivityFinished>(sent.message.body))
                continue;
            send(std::move(sent.message));
        }
        m_restarted = true;
    }

    void hearAnswers()
    {
        for (const Sent &sent : m_pending) {
            const auto &answer = m_world.answers[sent.answer];
            if (answer && *answer)
                accepted(sent, **answer);
        }
        std::erase_if(m_pending,
            [this](const Sent &sent) { return m_world.answers[sent.answer].has_value(); });
    }

    void accepted(const Sent &sent, const Accepted &answer)
    {
        const Message &message = sent.message;
        if (const auto *event = std::get_if<RaiseEvent>(&message.body))
            m_acceptedEvents[answer.run].insert(*event->eventId);
        if (const auto *event = std::get_if<RaiseCorrelated>(&message.body))
            m_watch.acceptedCorrelated(event->name, *event->eventId);
        if (const auto *given = std::get_if<AnswerTask>(&message.body))
            m_acceptedEvents[answer.run].insert(*given->eventId);
        if (const auto *finished = std::get_if<ActivityFinished>(&message.body))
            m_concluded.insert({{message.run, finished->task}, finished->attempt});
        if (const auto *handedOn = std::get_if<HandOnEvent>(&message.body))
            noteHandedOn(sent, *handedOn, answer.run);
        if (std::holds_alternative<TerminateInstance>(message.body))
            m_acceptedTerminations.insert(answer.run);
        if (std::holds_alternative<StartInstance>(message.body))
            m_acceptedStarts[answer.run] = message.instance;
        if (std::holds_alternative<PurgeInstance>(message.body)) {
            ++m_report.purged;
            expect(m_disk.store().history(answer.run)->empty(), "a purged run left something");
        }
        m_report.duplicates += answer.duplicate ? 1 : 0;
        m_report.replayed += std::holds_alternative<ReplayUndelivered>(message.body) ? 1 : 0;
    }

    /// From now on the other instance has it, or it is in the log.
    void noteHandedOn(const Sent &sent, const HandOnEvent &order, RunKey giver)
    {
        const std::string &from = sent.message.instance.value;
        if (m_world.summary(from).run != giver ||
            m_world.summary(order.to.value).run != sent.receiver)
            return; // one of them was started again meanwhile
        for (const HistoryRow &row : m_world.rows(from)) {
            for (const HistoryEvent &event : eventsOf(row)) {
                const auto *raised = std::get_if<EventRaised>(&event.fact);
                if (event.sequence == order.event && raised)
                    m_handedOn.push_back(
                        {order.to, sent.receiver, *raised->eventId});
            }
        }
    }

    void checkHandedOn()
    {
        std::set<std::string> logged;
        for (const UndeliveredEvent &event : m_disk.undelivered())
            logged.insert(*event.event.eventId);
        for (const HandedOn &one : m_handedOn) {
            if (m_world.summary(one.to.value).run != one.run || logged.contains(one.eventId))
                continue; // its rows may be gone with its run
            expect(marksOf(m_world.rows(one.to.value)).eventIds.contains(one.eventId) ||
                       m_replayed.contains(one.eventId),
                one.to.value + ": lost the event " + one.eventId + " that was handed on to it");
        }
    }

    void checkWorld()
    {
        expect(m_pending.empty(), "a message has no answer although nothing is left to do");
        checkAttempts();
        // The rest reads every history from its beginning; what breaks stays broken until a look.
        if (m_operation % 12 != 0)
            return;
        for (const InstanceSummary &summary : all())
            checkInstance(summary);
        checkHandedOn();
        checkOpenThings();
        for (const std::string &broken : m_watch.broken(m_disk.store()))
            expect(false, broken);
    }

    /// Each attempt asked for since the last look: its task is open, and the number is the next
    /// one.
    void checkAttempts()
    {
        for (; m_checkedAttempts < m_world.activities.begun.size(); ++m_checkedAttempts) {
            const ActivityRequest &request = m_world.activities.begun[m_checkedAttempts];
            const auto key = std::pair(request.key, request.attempt);
            const bool again = !m_attempts.insert(key).second;
            expect(!again || m_restarted, "an attempt ran twice without a restart between");
            m_report.reruns += again ? 1 : 0;
            expect(!m_concluded.contains(key), "an attempt ran again after its outcome was taken");
        }
        m_restarted = false;
    }

    void checkInstance(const InstanceSummary &summary)
    {
        const std::string &name = summary.instance.value;
        expect(summary.setAside.empty(), name + " is set aside: " + summary.setAside);
        expect(summaryOf(replay(*m_disk.store().history(summary.run))) == summary,
            name + ": the list row is not the history's");
        checkRuns(name, summary.run);
        checkKept(name, replay(*m_disk.store().history(summary.run)));
        for (const auto &[run, instance] : m_acceptedStarts)
            expect(instance.value != name || run <= summary.run, name + ": lost an accepted start");
    }

    /// Nothing is kept that somebody wants who may move.
    void checkKept(const std::string &name, const InstanceState &state)
    {
        if (state.suspended != 0)
            return;
        const std::set<std::string> filtered{"paid", "vote"};
        for (const auto &[event, kept] : state.kept) {
            for (const auto &[wait, open] : state.waits) {
                const bool wants = std::ranges::any_of(open.names,
                    [&](const std::string &one) { return one == kept.sent; });
                // What a task does not take as an answer stays kept.
                expect(!wants || state.approvals.contains(wait) || filtered.contains(open.step.value) ||
                           (kept.branch && *kept.branch != open.branch) ||
                           !fitsKey(open.keys, kept.name, kept.key) ||
                           isHalted(state, open.branch),
                    name + ": event " + std::to_string(event) + " is kept and " + open.step.value +
                        " waits for it");
            }
            const bool forAll = !kept.branch || kept.branch->empty();
            const bool isFree = state.haltedBranches.empty() && !state.yielded;
            expect(state.flow.value != "Halting" || kept.sent != "E" || !forAll || !isFree,
                name + ": event " + std::to_string(event) + " is kept and could interrupt");
        }
    }

    /// A run and those before it that it continues as new.
    void checkRuns(const std::string &name, RunKey run)
    {
        std::set<std::string> ids;
        std::vector<RunKey> runs;
        for (; run != RunKey(); run = replay(*m_disk.store().history(run)).previous)
            runs.push_back(run);
        for (auto at = runs.rbegin(); at != runs.rend(); ++at)
            checkRun(name, *at, ids);
    }

    void checkRun(const std::string &name, RunKey run, std::set<std::string> &ids)
    {
        const std::vector<HistoryRow> rows = *m_disk.store().history(run);
        for (const std::string &broken : brokenRules(rows))
            expect(false, name + ": " + broken);
        for (const auto &[attempt, key] : concludedAttempts(rows))
            m_concluded.insert({{run, key}, attempt});
        const HistoryMarks marks = marksOf(rows);
        ids.insert(marks.eventIds.begin(), marks.eventIds.end());
        for (const std::string &id : m_acceptedEvents[run])
            expect(ids.contains(id), name + ": lost the accepted event " + id);
        expect(!m_acceptedTerminations.contains(run) || marks.terminated,
            name + ": lost an accepted termination");
    }

    /// What is open on disk is in hand: attempts run, timers are yet to come.
    void checkOpenThings()
    {
        const auto recovered = *m_disk.store().recover();
        std::set<std::pair<RunKey, Sequence>> held;
        for (const StoredMessage &stored : recovered.inbox) {
            const auto *finished = std::get_if<ActivityFinished>(&stored.message.body);
            const bool waits =
                finished || std::holds_alternative<SubFlowFinished>(stored.message.body);
            expect(waits && halts(stored.message.instance), "a stored message was never decided");
            if (finished)
                held.emplace(stored.message.run, finished->task);
        }
        std::optional<Instant> next;
        bool someHalt = false;
        for (const DueTimer &timer : recovered.timers) {
            if (halts(**m_disk.store().instanceOf(timer.run))) {
                someHalt = true; // and perhaps one of their timers came already
                continue;
            }
            expect(timer.fireAt > m_world.clock.now(), "a timer was forgotten");
            next = std::min(next.value_or(timer.fireAt), timer.fireAt);
        }
        for (const CorrelatedDue &kept : recovered.correlated) {
            expect(kept.until > m_world.clock.now(), "an event outlived its time to live");
            next = std::min(next.value_or(kept.until), kept.until);
        }
        expect(m_disk.store().correlation().deliverable()->empty(),
            "an event is kept under a key and somebody waits for it");
        const auto due = m_world.scheduler->nextDue();
        expect(someHalt ? !next || (due && *due <= *next) : due == next,
            "the next due time is not that of the first timer on disk");
        for (const OpenWork &work : recovered.work) {
            const ActivityKey key{work.run, work.task};
            const bool runs = std::ranges::count(
                                  m_world.activities.running, key, &ActivityRequest::key) > 0;
            expect(work.waitsForRetry || runs || held.contains({work.run, work.task}),
                "an attempt is open on disk and does not run");
        }
        expect(m_disk.indexesFollow(), "the indexes do not follow from the histories");
    }

    /// As a whole, or a part of it.
    bool halts(const InstanceId &instance)
    {
        const InstanceState state = replay(m_world.rows(instance.value));
        return state.suspended != 0 || !state.haltedBranches.empty() || !state.haltedRegions.empty();
    }

    /// Time goes by and everything gets an outcome, then the rest is ended: nothing may hang.
    void bringToAnEnd()
    {
        settle();
        for (const InstanceSummary &summary : all())
            send({summary.instance, {}, ResumeInstance{"the end", {"rest", "operator"}}});
        settle();
        for (int round = 0; round < 20; ++round) {
            finishAnAttempt();
            m_world.clock.advance(std::chrono::hours(3));
            settle();
        }
        for (const InstanceSummary &summary : all())
            send(terminationOf(summary.instance.value, "the end"));
        settle();
        const auto recovered = *m_disk.store().recover();
        expect(recovered.timers.empty() && recovered.work.empty(), "something stays open for ever");
        m_report.ignoredResults += int(m_world.scheduler->statistics().ignoredResults);
    }

    void describe(const InstanceSummary &summary)
    {
        m_report.histories += summary.instance.value + "\n";
        const std::vector<HistoryRow> rows = *m_disk.store().history(summary.run);
        for (const HistoryRow &row : rows) {
            m_report.histories += std::to_string(row.first) + " " + factsToText(row.facts) + "\n";
            for (const Fact &fact : row.facts)
                count(fact);
        }
        m_report.completed += summary.status == InstanceStatus::Completed ? 1 : 0;
        m_report.failed += summary.status == InstanceStatus::Failed ? 1 : 0;
        m_report.terminated += summary.status == InstanceStatus::Terminated ? 1 : 0;
    }

    void count(const Fact &fact)
    {
        const auto is = [&fact]<typename Kind>(const Kind &) {
            return std::holds_alternative<Kind>(fact) ? 1 : 0;
        };
        m_report.yields += is(DecisionYielded{});
        if (const auto *left = std::get_if<StepLeft>(&fact))
            m_report.batches += left->step.value == "batch" ? 1 : 0;
        m_report.suspensions += is(ExecutionSuspended{});
        m_report.pausedClocks += is(TimerPaused{});
        m_report.handedOn += is(EventHandedOn{});
        m_report.deleted += is(EventDeleted{});
        m_report.ignored += is(EventIgnored{});
        m_report.joined += is(RegionJoined{});
        m_report.brokenRegions += is(RegionFailed{});
        m_report.answered += is(TaskAnswered{});
        m_report.reminded += is(TaskReminded{});
        m_report.escalated += is(TaskEscalated{});
        m_report.claimed += is(TaskClaimed{});
        m_report.reassigned += is(TaskReassigned{});
        if (const auto *closed = std::get_if<TaskClosed>(&fact)) {
            m_report.decided += closed->end == TaskEnd::Decided ? 1 : 0;
            m_report.due += closed->end == TaskEnd::Due ? 1 : 0;
            m_report.withdrawn += closed->end == TaskEnd::Withdrawn ? 1 : 0;
        }
        m_report.rewound += is(InstanceRewound{});
        m_report.moved += is(BranchMoved{});
        m_report.skipped += is(StepSkipped{});
        m_report.edited += is(VariablesEdited{});
        if (const auto *kept = std::get_if<EventKeptAgain>(&fact))
            m_report.givenBack += kept->payload ? 1 : 0;
        m_report.dropped += is(InterruptDropped{});
        if (const auto *began = std::get_if<InterruptBegan>(&fact)) {
            ++m_report.interrupts;
            m_report.beside += began->beside ? 1 : 0;
            m_report.ofRegions += began->region != 0 ? 1 : 0;
            m_report.ofBranches += began->only ? 1 : 0;
        }
        if (const auto *ended = std::get_if<InterruptEnded>(&fact))
            ++(ended->failure ? m_report.brokenHandlers : m_report.handled);
    }

    struct HandedOn {
        InstanceId to;
        RunKey run; ///< of the receiver at that time
        std::string eventId;
    };

    SimRandom m_random;
    Reads m_reads;
    SimulatedDisk &m_disk;
    EngineWorld m_world;
    SimulatedPeople m_people{m_random};
    PromiseWatch m_watch;
    SimulationReport m_report;
    int m_operation = 0;
    int m_serial = 0;
    std::vector<Sent> m_pending; ///< not answered yet
    std::vector<Message> m_events;
    std::vector<Message> m_results;
    std::map<RunKey, std::set<std::string>> m_acceptedEvents;
    std::map<RunKey, InstanceId> m_acceptedStarts;
    std::set<RunKey> m_acceptedTerminations;
    std::vector<HandedOn> m_handedOn;
    std::set<std::string> m_replayed;
    std::set<std::pair<ActivityKey, int>> m_attempts;
    std::set<std::pair<ActivityKey, int>> m_concluded; ///< as of the last look
    std::size_t m_checkedAttempts = 0;
    bool m_restarted = false;
};

} // namespace

namespace {

class MemoryDisk final : public SimulatedDisk
{
public:
    Store &store() override { return m_store; }
    std::vector<UndeliveredEvent> undelivered() override
    {
        return *MemoryReader(m_store).undelivered(undeliveredLimit);
    }
    bool indexesFollow() override { return m_store.indexes() == m_store.rebuiltIndexes(); }

private:
    MemoryStore m_store;
};

} // namespace

std::unique_ptr<SimulatedDisk> memoryDisk() { return std::make_unique<MemoryDisk>(); }

SimulationReport simulate(
    std::uint64_t seed, std::size_t cachedInstances, SimulatedDisk &disk, Reads reads)
{
    return Life(seed, cachedInstances, disk, reads).live();
}

} // namespace tests
