#include "engine/activities/builtin/http_calls.h"

#include "engine/activities/builtin/http_answer.h"
#include "engine/activities/grants.h"
#include "engine/base/authority.h"

#include <QNetworkReply>

#include <algorithm>
#include <chrono>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

constexpr qint64 largestBody = 1024 * 1024;
constexpr int callsOfAManager = 6;
constexpr std::size_t mostManagers = 32;

} // namespace

HttpCall::HttpCall(QNetworkAccessManager &manager, const HttpRequest &request, Milliseconds timeout,
    ActivityDone done)
    : m_reply(manager.sendCustomRequest(request.request, request.method, request.body))
    , m_done(std::move(done))
{
    m_reply->setParent(this);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpCall::read);
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        if (m_done)
            end(outcomeOf(*m_reply, m_reply->readAll()));
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this, timeout] {
        end(Failure{.type = "ActivityTimeout",
            .message = "http: no answer within " + std::to_string(timeout.count()) + " ms"});
    });
    if (timeout > 0ms)
        m_timer.start(timeout);
}

HttpCall::~HttpCall()
{
    m_reply->disconnect(this);
    m_reply->abort();
}

void HttpCall::read()
{
    if (m_reply->bytesAvailable() > largestBody)
        end(httpFailure("the answer is larger than 1 MiB", false));
}

void HttpCall::end(ActivityOutcome outcome)
{
    if (auto done = std::exchange(m_done, nullptr)) {
        done(std::move(outcome));
        emit ended();
    }
}

std::size_t HttpCalls::leastBusyManager()
{
    const auto least = std::ranges::min_element(m_managers, {}, &Manager::calls);
    const bool full = least == m_managers.end() || least->calls >= callsOfAManager;
    if (!full || m_managers.size() >= mostManagers)
        return std::size_t(least - m_managers.begin());
    auto manager = std::make_unique<QNetworkAccessManager>();
    // What a flow may reach was granted by host.
    manager->setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
    m_managers.push_back({std::move(manager)});
    return m_managers.size() - 1;
}

void HttpCalls::start(const ActivityRequest &request, ActivityDone done)
{
    const auto http = httpRequestFrom(request);
    if (!http)
        return done(Failure{
            .type = "ValidationError", .message = http.error().message, .retriable = false});
    const std::string host = authorityOf(http->request.url().toString().toStdString());
    if (auto refused = refusal(request, host))
        return done(*std::move(refused));
    cancel(request.key);
    const std::size_t place = leastBusyManager();
    ++m_managers[place].calls;
    auto call = std::make_unique<HttpCall>(
        *m_managers[place].manager, *http, request.timeout, std::move(done));
    connect(call.get(), &HttpCall::ended, this, [this, key = request.key, place] {
        --m_managers[place].calls;
        // Not at once: we are inside one of its slots.
        if (auto ended = m_calls.extract(key)) {
            ended.mapped()->setParent(this);
            ended.mapped().release()->deleteLater();
        }
    });
    m_calls.emplace(request.key, std::move(call));
}

void HttpCalls::cancel(const ActivityKey &key)
{
    if (const auto found = m_calls.find(key); found != m_calls.end())
        found->second->end(httpFailure("canceled", false));
}

} // namespace engine
