#include "engine/instance_batch.h"

#include "engine/instance_search.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

namespace engine {
namespace {

/// At a time: far less than the engine takes at once from outside.
constexpr int pageSize = 100;
constexpr int dryPageSize = 1'000;
constexpr std::size_t namedByDryRun = 100;

/// The states in which there is something to do.
std::vector<InstanceStatus> statusesFor(BatchOperation operation)
{
    using enum InstanceStatus;
    switch (operation) {
    case BatchOperation::Suspend: return {Pending, Running};
    case BatchOperation::Resume: return {Suspended};
    case BatchOperation::Terminate: return {Pending, Running, Suspended};
    case BatchOperation::Retry: return {};
    case BatchOperation::Rewind: return {Failed};
    case BatchOperation::Purge: return {Completed, Failed, Terminated};
    }
    return {};
}

Message messageFor(const BatchRequest &request, const InstanceSummary &summary)
{
    Message message{summary.instance, summary.run, {}};
    switch (request.operation) {
    case BatchOperation::Suspend:
        message.body = SuspendInstance{request.reason, request.source};
        break;
    case BatchOperation::Resume:
        message.body = ResumeInstance{request.reason, request.source};
        break;
    case BatchOperation::Terminate:
        message.body = TerminateInstance{request.reason, request.source, {}, false};
        break;
    case BatchOperation::Retry:
        message.body = RetryInstance{request.source, request.reason};
        break;
    case BatchOperation::Rewind:
        message.body = RewindInstance{request.reason, request.source, {}, {}};
        break;
    case BatchOperation::Purge:
        message.body = PurgeInstance{request.reason, request.source};
        break;
    }
    return message;
}

/// Passed from page to page; at any time one thread has it, or the answers of one page count down.
class Batch : public std::enable_shared_from_this<Batch>
{
public:
    Batch(EngineInbox &inbox, QueryThreads &queries, BatchRequest request,
        Completion<BatchResult> answered)
        : m_inbox(inbox.shared_from_this())
        , m_queries(queries)
        , m_request(std::move(request))
        , m_answered(std::move(answered))
        , m_wanted{.filter = {.statuses = statusesFor(m_request.operation)},
              .after = m_request.after,
              .query = m_request.query}
    {
        if (m_request.operation == BatchOperation::Retry)
            m_wanted.query.terms.push_back({.field = QueryField::Status, .words = {"aside"}});
    }

    void readPage()
    {
        const auto left = static_cast<int>(m_request.limit - m_result.matched);
        m_wanted.limit = m_request.isDry ? dryPageSize : std::min(pageSize, left);
        m_queries.scan(
            [wanted = m_wanted](Reader &reader) { return searchInstances(reader, wanted); },
            [self = shared_from_this()](Result<InstancePage> page) {
                if (!page)
                    return self->m_answered(page.error());
                self->take(*std::move(page));
            });
    }

private:
    void take(InstancePage page)
    {
        m_wanted.after = page.next;
        m_first = m_result.outcomes.size();
        m_result.matched += static_cast<std::int64_t>(page.instances.size());
        for (const InstanceSummary &summary : page.instances) {
            if (!m_request.isDry || m_result.outcomes.size() < namedByDryRun)
                m_result.outcomes.push_back({summary.instance, {}});
        }
        if (m_request.isDry || page.instances.empty())
            return goOn();
        m_open = page.instances.size();
        for (std::size_t i = 0; i < page.instances.size(); ++i) {
            m_inbox->submit(messageFor(m_request, page.instances[i]),
                [self = shared_from_this(), place = m_first + i](const Result<Accepted> &done) {
                    self->note(place, done);
                });
        }
    }

    void note(std::size_t place, const Result<Accepted> &done)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (done)
                ++m_result.done;
            else
                m_result.outcomes[place].refusal = done.error();
            if (--m_open > 0)
                return;
        }
        goOn();
    }

    void goOn()
    {
        const bool hasRoom = m_request.isDry || m_result.matched < m_request.limit;
        if (!m_wanted.after.empty() && hasRoom && !hasStopped())
            return readPage();
        m_result.next = m_wanted.after;
        if (m_request.isDry || m_result.matched == 0)
            return m_answered(std::move(m_result));
        writeDown();
    }

    /// The rest would be refused the same way.
    bool hasStopped() const
    {
        return std::ranges::any_of(m_result.outcomes, [](const BatchOutcome &one) {
            return one.refusal && (one.refusal->code == ErrorCode::Busy ||
                                      one.refusal->code == ErrorCode::Unavailable);
        });
    }

    void writeDown()
    {
        const std::string name(nameOf(batchOperationNames, m_request.operation));
        NoteOperation note{"batch", "batch/" + name,
            JsonText::trusted("{\"query\":" + JsonText::ofString(m_request.queryText).text() +
                              ",\"matched\":" + std::to_string(m_result.matched) +
                              ",\"done\":" + std::to_string(m_result.done) + "}"),
            m_request.reason, m_request.source};
        m_inbox->submit({{}, {}, std::move(note)},
            [self = shared_from_this()](const Result<Accepted> &) {
                // What was done to each stands in the log already.
                self->m_answered(std::move(self->m_result));
            });
    }

    std::shared_ptr<EngineInbox> m_inbox;
    QueryThreads &m_queries;
    BatchRequest m_request;
    Completion<BatchResult> m_answered;
    ListRequest m_wanted;
    std::mutex m_mutex; ///< a full inbox answers on the thread that asks
    std::size_t m_first = 0;
    std::size_t m_open = 0;
    BatchResult m_result;
};

} // namespace

void startBatch(EngineInbox &inbox, QueryThreads &queries, BatchRequest request,
    Completion<BatchResult> answered)
{
    std::make_shared<Batch>(inbox, queries, std::move(request), std::move(answered))->readPage();
}

} // namespace engine
