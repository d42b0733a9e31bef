#include "tests/support/promise_watch.h"

#include "engine/base/overloaded.h"
#include "engine/runtime/instance_state.h"

namespace tests {

using namespace engine;

void PromiseWatch::committed(const Turn &turn)
{
    for (const InstanceCommit &commit : turn.instances) {
        Sequence sequence = commit.row.first;
        for (const Fact &one : commit.row.facts)
            fact(commit.row.run, sequence++, one);
    }
    keyed(turn);
    for (const UndeliveredEvent &event : turn.undelivered) {
        m_dropped -= event.reason.starts_with("dropped interrupt") ? 1 : 0;
        if (event.event.source.via == "instance" && event.reason.find("invalid payload") != 0)
            ++m_sent[event.event.eventId.value_or("")].logged;
    }
}

/// Whether it may reach one instance alone.
static bool isKeyed(const Source &source, const std::string &name)
{
    return source.who == PromiseWatch::correlated && (name == "K" || name == "k");
}

void PromiseWatch::acceptedCorrelated(const std::string &name, const std::string &eventId)
{
    if (isKeyed({"", correlated}, name))
        m_keyed[eventId].accepted = true;
}

void PromiseWatch::keyed(const Turn &turn)
{
    for (const CorrelatedEvent &event : turn.correlated) {
        if (!isKeyed(event.event.source, event.event.name))
            continue;
        ++m_keyedKept;
        m_keyedEvents[event.id] = *event.event.eventId;
        ++m_keyed[*event.event.eventId].kept;
    }
    for (const std::int64_t id : turn.correlatedGone) {
        if (const auto known = m_keyedEvents.find(id); known != m_keyedEvents.end())
            --m_keyed[known->second].kept;
        m_keyedEvents.erase(id);
    }
    for (const UndeliveredEvent &event : turn.undelivered) {
        if (isKeyed(event.event.source, event.event.name))
            ++m_keyed[*event.event.eventId].logged;
    }
}

void PromiseWatch::fact(RunKey run, Sequence sequence, const Fact &fact)
{
    const Overloaded note{
        [&](const ExecutionStarted &started) {
            m_instances.insert(started.instance);
            if (started.parent && started.previous == RunKey())
                ++m_subFlows[{started.parent->run, started.parent->subFlow}].started;
        },
        [&](const InstanceRewound &rewound) {
            if (rewound.parent)
                ++m_subFlows[{rewound.parent->run, rewound.parent->subFlow}].started;
        },
        [&](const EventSent &) {
            m_sent[std::to_string(run.value) + "/" + std::to_string(sequence)];
        },
        [&](const EventRaised &raised) {
            if (raised.source.via == "instance" && !raised.raisedAt)
                ++m_sent[raised.eventId.value_or("")].taken;
            m_keyedReached += raised.key.empty() || raised.raisedAt ? 0 : 1;
            if (isKeyed(raised.source, raised.name) && !raised.raisedAt)
                ++m_keyed[*raised.eventId].raised;
        },
        [&](const EventIgnored &ignored) {
            if (ignored.source.via == "instance")
                ++m_sent[ignored.eventId.value_or("")].taken;
        },
        [&](const SubFlowScheduled &scheduled) {
            m_subFlows[{run, sequence}] = {scheduled.instance, scheduled.detached};
        },
        [&](const SubFlowCompleted &completed) { close(run, completed.subFlow); },
        [&](const SubFlowFailed &failed) {
            const bool refused = close(run, failed.subFlow).started == 0;
            ++(refused ? m_refused : m_failed);
        },
        [&](const SubFlowCanceled &canceled) {
            close(run, canceled.subFlow).canceled = !canceled.livesOn;
            ++m_canceled;
        },
        [&](const ExecutionContinuedAsNew &) { ++m_continued; },
        [&](const InterruptDropped &) { ++m_dropped; },
        [&](const ExecutionSuspended &) { m_suspended.insert(run); },
        [&](const ExecutionResumed &) { m_suspended.erase(run); },
        [](const auto &) {},
    };
    std::visit(note, fact);
}

/// Whether an interrupt halts a part of it.
static bool halts(Store &store, RunKey run)
{
    const InstanceState state = replay(*store.history(run));
    return !state.haltedBranches.empty() || !state.haltedRegions.empty();
}

PromiseWatch::SubFlow &PromiseWatch::close(RunKey run, Sequence subFlow)
{
    SubFlow &closed = m_subFlows[{run, subFlow}];
    closed.open = false;
    return closed;
}

std::vector<std::string> PromiseWatch::broken(Store &store) const
{
    std::vector<std::string> broken;
    if (m_dropped != 0)
        broken.push_back("an interrupt was dropped and is not in the log of undelivered events");
    for (const auto &[id, sent] : m_sent) {
        if (sent.taken > 1 || sent.taken + sent.logged == 0)
            broken.push_back("the event '" + id + "' that an instance sent was taken " +
                             std::to_string(sent.taken) + " times");
    }
    for (const auto &[id, event] : m_keyed) {
        if (event.raised > 1 || event.kept > 1 || event.raised + event.kept > 1)
            broken.push_back("the event '" + id + "' was for one instance, and reached " +
                             std::to_string(event.raised) + " while it was kept for " +
                             std::to_string(event.kept));
        if (event.accepted && event.raised + event.kept + event.logged == 0)
            broken.push_back("the event '" + id + "' that was accepted for whoever waits is lost");
    }
    for (const auto &[key, subFlow] : m_subFlows) {
        const std::string name = "the instance '" + subFlow.instance.value + "' of " +
                                 std::to_string(key.first.value) + "/" + std::to_string(key.second);
        if (subFlow.started > 1)
            broken.push_back(name + " was started twice");
        const auto summary = *store.find(subFlow.instance);
        bool lives = false;
        if (summary && !isFinished(summary->status)) {
            const auto &parent = replay(*store.history(summary->run)).parent;
            lives = parent && Key{parent->run, parent->subFlow} == key;
        }
        // A parent that halts hears of the end when it goes on.
        if (subFlow.open && !lives && !m_suspended.contains(key.first) && !halts(store, key.first))
            broken.push_back(name + " is waited for and does not live");
        if (subFlow.canceled && lives)
            broken.push_back(name + " outlived the step that waited for it");
    }
    return broken;
}

} // namespace tests
