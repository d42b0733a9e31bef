#include "engine/purge_sweep.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace engine {
namespace {

/// At a time: far less than the engine takes at once from outside.
constexpr int pageSize = 100;

constexpr std::array finishedStatuses{
    InstanceStatus::Completed, InstanceStatus::Failed, InstanceStatus::Terminated};

/// The finished ones of those that are asked for; all of them if none is named.
std::vector<InstanceStatus> finishedOf(const std::vector<InstanceStatus> &wanted)
{
    std::vector<InstanceStatus> statuses;
    std::ranges::copy_if(finishedStatuses, std::back_inserter(statuses), [&](InstanceStatus one) {
        return wanted.empty() || std::ranges::find(wanted, one) != wanted.end();
    });
    return statuses;
}

/// Passed from page to page; at any time one thread has it, or the answers of one page count down.
class Sweep : public std::enable_shared_from_this<Sweep>
{
public:
    Sweep(EngineInbox &inbox, QueryThreads &queries, PurgeRequest request,
        Completion<std::int64_t> answered)
        : m_inbox(inbox.shared_from_this())
        , m_queries(queries)
        , m_request(std::move(request))
        , m_answered(std::move(answered))
    {}

    void readPage()
    {
        m_queries.scan(
            [filter = m_request.filter, after = m_after](Reader &reader) {
                return reader.list(filter, after, pageSize);
            },
            [self = shared_from_this()](Result<InstancePage> page) {
                if (!page)
                    return self->m_answered(page.error());
                self->purge(*std::move(page));
            });
    }

private:
    void purge(InstancePage page)
    {
        m_after = page.next;
        if (page.instances.empty())
            return m_answered(m_gone.load());
        m_open = static_cast<int>(page.instances.size());
        for (const InstanceSummary &summary : page.instances) {
            m_inbox->submit({summary.instance, summary.run,
                                PurgeInstance{m_request.reason, m_request.source}},
                [self = shared_from_this()](const Result<Accepted> &purged) {
                    self->note(purged);
                });
        }
    }

    /// One that was started again meanwhile, or is gone, is none of ours.
    void note(const Result<Accepted> &purged)
    {
        if (purged)
            ++m_gone;
        else if (purged.error().code == ErrorCode::Busy ||
                 purged.error().code == ErrorCode::Unavailable)
            m_failed = true;
        if (--m_open > 0)
            return;
        if (m_failed)
            return m_answered(Error{ErrorCode::Busy,
                "the engine stopped taking more; " + std::to_string(m_gone.load()) +
                    " instances were purged, ask again for the rest",
                {}});
        if (m_after.empty())
            return m_answered(m_gone.load());
        readPage();
    }

    std::shared_ptr<EngineInbox> m_inbox;
    QueryThreads &m_queries;
    PurgeRequest m_request;
    Completion<std::int64_t> m_answered;
    std::string m_after;
    std::atomic<int> m_open{0};
    std::atomic<std::int64_t> m_gone{0};
    std::atomic<bool> m_failed{false};
};

} // namespace

void startSweep(EngineInbox &inbox, QueryThreads &queries, PurgeRequest request,
    Completion<std::int64_t> answered)
{
    request.filter.statuses = finishedOf(request.filter.statuses);
    if (request.filter.statuses.empty())
        return answered(0); // nothing that is live goes
    std::make_shared<Sweep>(inbox, queries, std::move(request), std::move(answered))->readPage();
}

} // namespace engine
