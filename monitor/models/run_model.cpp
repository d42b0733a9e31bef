#include "monitor/models/run_model.h"

#include "engine/base/overloaded.h"
#include "monitor/engine_feed/feed.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace monitor {

namespace {

constexpr int pageSize = 500;

/// The step that a fact names itself.
engine::StepId namedStep(const engine::Fact &fact)
{
    return std::visit(
        [](const auto &named) {
            if constexpr (requires { named.step; })
                return named.step;
            else
                return engine::StepId{};
        },
        fact);
}

/// The fact that a fact is about, or 0.
engine::Sequence aboutFact(const engine::Fact &fact)
{
    return std::visit(engine::Overloaded{
                          [](const engine::TaskAttemptFailed &failed) { return failed.task; },
                          [](const engine::TaskCompleted &completed) { return completed.task; },
                          [](const engine::TaskFailed &failed) { return failed.task; },
                          [](const engine::TaskCanceled &canceled) { return canceled.task; },
                          [](const engine::TimerFired &fired) { return fired.timer; },
                          [](const engine::TimerCanceled &canceled) { return canceled.timer; },
                          [](const engine::SubFlowCompleted &ended) { return ended.subFlow; },
                          [](const engine::SubFlowFailed &ended) { return ended.subFlow; },
                          [](const engine::SubFlowCanceled &ended) { return ended.subFlow; },
                          [](const engine::EventTaken &taken) { return taken.wait; },
                          [](const engine::WaitClosed &closed) { return closed.wait; },
                          [](const engine::BranchOpened &opened) { return opened.region; },
                          [](const engine::RegionJoined &joined) { return joined.region; },
                          [](const engine::RegionFailed &failed) { return failed.region; },
                          [](const engine::InterruptEnded &ended) { return ended.interrupt; },
                          [](const auto &) { return engine::Sequence{0}; },
                      },
        fact);
}

} // namespace

RunModel::RunModel(Feed &feed, engine::InstanceId instance, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
    , m_instance(std::move(instance))
{
    connect(&feed, &Feed::changed, this, &RunModel::changed);
    ask();
}

engine::StepId RunModel::stepOf(const engine::HistoryEvent &event) const
{
    if (auto step = namedStep(event.fact); !step.empty())
        return step;
    const auto *about = eventAt(aboutFact(event.fact));
    return about ? namedStep(about->fact) : engine::StepId{};
}

const engine::HistoryEvent *RunModel::eventAt(engine::Sequence sequence) const
{
    const auto found =
        std::ranges::lower_bound(m_events, sequence, {}, &engine::HistoryEvent::sequence);
    return found != m_events.end() && found->sequence == sequence ? &*found : nullptr;
}

void RunModel::ask()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    m_feed.history({.instance = m_instance, .from = m_progress.seen + 1, .limit = pageSize}, this,
        [this](engine::Result<engine::InstanceHistory> page) {
            m_asking = false;
            if (!page) {
                Q_EMIT failed(QString::fromStdString(page.error().message));
                return;
            }
            take(*std::move(page));
        });
}

void RunModel::take(engine::InstanceHistory page)
{
    const bool isOtherRun = isKnown() && page.summary.run != m_summary.run;
    if (isOtherRun) {
        m_events.clear();
        m_progress = {};
        m_summary = std::move(page.summary);
        Q_EMIT restarted();
        ask();
        return;
    }
    if (page.summary.length >= m_summary.length) {
        m_summary = std::move(page.summary);
        Q_EMIT summaryChanged();
    }
    takeEvents(std::move(page.events));
    if (page.next != 0 || m_askAgain)
        ask();
}

void RunModel::takeEvents(std::vector<engine::HistoryEvent> events)
{
    if (events.empty())
        return;
    const auto first = static_cast<int>(m_events.size());
    const auto last = first + static_cast<int>(events.size()) - 1;
    Q_EMIT eventsComing(first, last);
    engine::advance(m_progress, events);
    m_events.insert(m_events.end(), std::make_move_iterator(events.begin()),
        std::make_move_iterator(events.end()));
    Q_EMIT eventsAdded(first, last);
    Q_EMIT progressChanged();
}

void RunModel::changed(const std::vector<engine::InstanceSummary> &instances)
{
    const auto mine = std::ranges::find(instances, m_instance, &engine::InstanceSummary::instance);
    if (mine == instances.end())
        return;
    if (mine->run == m_summary.run && mine->length <= m_progress.seen && *mine == m_summary)
        return;
    ask();
}

} // namespace monitor
