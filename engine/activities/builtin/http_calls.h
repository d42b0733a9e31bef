#pragma once

#include "engine/activities/builtin/curl_transfers.h"
#include "engine/activities/builtin/http_answer.h"
#include "engine/activities/builtin/http_request.h"
#include "engine/activities/builtin/net_activity.h"

#include <array>
#include <map>
#include <memory>

namespace engine {

/// One request on its way. Net thread.
class HttpCall
{
public:
    HttpCall(HttpRequest request, Milliseconds timeout, ActivityDone done);

    const HttpRequest &request() const { return m_request; }
    CURL *easy() const { return m_easy.get(); }
    /// Where its host is, so that libcurl need not ask: one thread for each question is too many.
    void setAddresses(const QByteArray &addresses);
    /// Makes the handle ready for the request as it is now.
    void prepare();
    /// Whether the answer leads on to the same server; the request is then the one to make next.
    bool goesOn();
    ActivityOutcome outcome(CURLcode result) const;
    void tell(ActivityOutcome outcome);

private:
    static std::size_t takeHeader(char *line, std::size_t, std::size_t length, void *self);
    static std::size_t takeBody(char *bytes, std::size_t, std::size_t length, void *self);
    void prepareBody();

    HttpRequest m_request;
    Milliseconds m_timeout;
    ActivityDone m_done;
    CurlHandle m_easy;
    CurlList m_headers;
    CurlList m_addresses;
    HttpAnswer m_answer;
    std::array<char, CURL_ERROR_SIZE> m_fault{};
    int m_redirects = 0;
    bool m_tooLarge = false;
};

/// All requests that are under way, each with a connection of its own. Net thread.
class HttpCalls : public NetWork
{
    Q_OBJECT

public:
    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;

private:
    void findHost(const ActivityKey &key, const std::shared_ptr<HttpCall> &call);
    void send(const ActivityKey &key, const std::shared_ptr<HttpCall> &call);
    void finish(const ActivityKey &key, ActivityOutcome outcome);

    std::unique_ptr<CurlTransfers> m_transfers; ///< made on the net thread
    std::map<ActivityKey, std::shared_ptr<HttpCall>> m_calls;
};

} // namespace engine
