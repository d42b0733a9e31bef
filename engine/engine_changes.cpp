#include "engine/engine_changes.h"

#include "engine/base/overloaded.h"
#include "engine/reader_questions.h"
#include "engine/store/reader.h"

#include <optional>

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// What a fact says about a task; nothing for all others.
std::optional<TaskNews> newsOf(RunKey run, const HistoryEvent &event)
{
    const auto news = [&](Sequence task, const char *what) {
        return std::optional(TaskNews{{run, task}, what, event.sequence, event.at});
    };
    return std::visit(
        Overloaded{
            [&](const TaskOpened &) { return news(event.sequence, "opened"); },
            [&](const TaskAnswered &fact) { return news(fact.task, "answered"); },
            [&](const TaskClaimed &fact) { return news(fact.task, "claimed"); },
            [&](const TaskReassigned &fact) { return news(fact.task, "reassigned"); },
            [&](const TaskCommented &fact) { return news(fact.task, "commented"); },
            [&](const TaskReminded &fact) { return news(fact.task, "reminded"); },
            [&](const TaskEscalated &fact) { return news(fact.task, "escalated"); },
            [&](const TaskClosed &fact) { return news(fact.task, "closed"); },
            [](const auto &) { return std::optional<TaskNews>(); },
        },
        event.fact);
}

/// Of a run that was removed since, or is damaged, there are none.
std::vector<TaskNews> newsOf(Reader &reader, const LoggedChange &change)
{
    std::vector<TaskNews> news;
    for (Sequence from = change.from; from != 0 && from <= change.to;) {
        // Not what came behind it: of a long run all of it would be read for each of its changes.
        const Sequence count = std::min<Sequence>(longestPage, change.to - from + 1);
        const auto page = reader.history(change.run, from, static_cast<int>(count));
        if (!page)
            break;
        for (const HistoryEvent &event : page->events) {
            if (auto one = event.sequence <= change.to ? newsOf(change.run, event) : std::nullopt)
                news.push_back(*std::move(one));
        }
        from = page->next;
    }
    return news;
}

Result<Changes> changesAfter(Reader &reader, const ChangesRequest &request)
{
    auto page = reader.changes(request.after, std::clamp(request.limit, 1, longestPage));
    if (!page)
        return page.error();
    Changes changes{{}, page->first, page->last, page->epoch};
    for (LoggedChange &logged : page->changes) {
        auto now = reader.ownerOf(logged.run);
        if (!now)
            return now.error();
        auto tasks = newsOf(reader, logged);
        changes.changes.push_back({logged.id, logged.run, logged.from, logged.to,
            std::move(logged.purged), *std::move(now), std::move(tasks)});
    }
    return changes;
}

} // namespace

void EngineChanges::changes(
    ChangesRequest request, std::function<void(Result<Changes>)> answered)
{
    m_queries->scan([request](Reader &reader) { return changesAfter(reader, request); },
        std::move(answered));
}

std::shared_ptr<void> EngineChanges::watch(std::function<void()> committed)
{
    auto watcher = std::make_shared<std::function<void()>>(std::move(committed));
    const std::lock_guard lock(m_mutex);
    m_watchers.push_back(watcher);
    return watcher;
}

void EngineChanges::tell()
{
    std::vector<std::shared_ptr<std::function<void()>>> alive;
    {
        const std::lock_guard lock(m_mutex);
        m_watchers.remove_if([](const auto &watcher) { return watcher.expired(); });
        for (const auto &watcher : m_watchers) {
            if (auto one = watcher.lock())
                alive.push_back(std::move(one));
        }
    }
    for (const auto &watcher : alive)
        (*watcher)();
}

} // namespace engine
