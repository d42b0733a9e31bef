#include "engine/activities/builtin/mail_activity.h"

#include "engine/activities/builtin/curl_transfers.h"
#include "engine/activities/builtin/mail_request.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <map>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

// A flow that says nothing must not wait for a server for ever.
constexpr Milliseconds timeUnlessSaid = 60s;

Failure mailFailure(const std::string &message, bool retriable)
{
    return {.type = "MailError", .message = "mail: " + message, .retriable = retriable};
}

/// One mail on its way.
class MailCall
{
public:
    MailCall(MailRequest request, Milliseconds timeout, ActivityDone done)
        : m_request(std::move(request))
        , m_timeout(timeout)
        , m_done(std::move(done))
        , m_easy(curl_easy_init())
    {
        invariant(m_easy != nullptr, "curl: no memory for a transfer");
        prepareServer();
        curl_easy_setopt(easy(), CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, m_fault.data());
        curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS,
            long((m_timeout > 0ms ? m_timeout : timeUnlessSaid).count()));
        curl_easy_setopt(easy(), CURLOPT_MAIL_FROM, ('<' + m_request.from + '>').constData());
        for (const QByteArray &to : m_request.to)
            append(m_to, ('<' + to + '>').constData());
        curl_easy_setopt(easy(), CURLOPT_MAIL_RCPT, m_to.get());
        curl_easy_setopt(easy(), CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy(), CURLOPT_SASL_IR, 1L);
        curl_easy_setopt(easy(), CURLOPT_READFUNCTION, &MailCall::give);
        curl_easy_setopt(easy(), CURLOPT_READDATA, this);
    }

    CURL *easy() const { return m_easy.get(); }
    void tell(ActivityOutcome outcome) { std::exchange(m_done, nullptr)(std::move(outcome)); }

    ActivityOutcome outcome(CURLcode result) const
    {
        if (result == CURLE_OK)
            return JsonText();
        if (result == CURLE_OPERATION_TIMEDOUT && m_timeout > 0ms)
            return Failure{.type = "ActivityTimeout",
                .message = "mail: not taken within " + std::to_string(m_timeout.count()) + " ms"};
        long code = 0;
        curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &code);
        const bool lasting = code >= 500 && code < 600;
        Failure failure = mailFailure(
            m_request.server.host().toStdString() +
                " did not take it: " + (m_fault[0] ? m_fault.data() : curl_easy_strerror(result)) +
                (code > 0 ? ", code " + std::to_string(code) : ""),
            !lasting);
        failure.details = JsonText::trusted("{\"code\":" + std::to_string(code) + "}");
        return failure;
    }

private:
    void prepareServer()
    {
        const QUrl &server = m_request.server;
        const auto bare = QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment;
        curl_easy_setopt(easy(), CURLOPT_URL, server.toEncoded(bare).constData());
        curl_easy_setopt(easy(), CURLOPT_NOPROXY, "*");
        curl_easy_setopt(easy(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        const bool here =
            server.host() == QLatin1String("localhost") || QHostAddress(server.host()).isLoopback();
        const bool secretive = !server.password().isEmpty();
        curl_easy_setopt(easy(), CURLOPT_USE_SSL,
            long(here        ? CURLUSESSL_NONE
                 : secretive ? CURLUSESSL_ALL
                             : CURLUSESSL_TRY));
        if (server.userName().isEmpty())
            return;
        curl_easy_setopt(
            easy(), CURLOPT_USERNAME, server.userName(QUrl::FullyDecoded).toUtf8().constData());
        curl_easy_setopt(
            easy(), CURLOPT_PASSWORD, server.password(QUrl::FullyDecoded).toUtf8().constData());
    }

    static std::size_t give(char *place, std::size_t size, std::size_t count, void *self)
    {
        auto &call = *static_cast<MailCall *>(self);
        const qsizetype length =
            std::min(qsizetype(size * count), call.m_request.message.size() - call.m_given);
        std::memcpy(place, call.m_request.message.constData() + call.m_given, std::size_t(length));
        call.m_given += length;
        return std::size_t(length);
    }

    MailRequest m_request;
    Milliseconds m_timeout;
    ActivityDone m_done;
    CurlHandle m_easy;
    CurlList m_to;
    qsizetype m_given = 0; ///< bytes of the message
    std::array<char, CURL_ERROR_SIZE> m_fault{};
};

/// All mails on their way. Net thread.
class MailWork : public NetWork
{
public:
    void start(const ActivityRequest &request, ActivityDone done) override
    {
        auto mail = mailRequestFrom(request);
        if (!mail)
            return done(Failure{
                .type = "ValidationError", .message = mail.error().message, .retriable = false});
        cancel(request.key);
        if (!m_transfers)
            m_transfers = std::make_unique<CurlTransfers>();
        auto call = std::make_unique<MailCall>(*std::move(mail), request.timeout, std::move(done));
        MailCall &started = *call;
        m_calls[request.key] = std::move(call);
        m_transfers->add(started.easy(), [this, &started, key = request.key](CURLcode result) {
            finish(key, started.outcome(result));
        });
    }

    void cancel(const ActivityKey &key) override { finish(key, mailFailure("canceled", false)); }

private:
    void finish(const ActivityKey &key, ActivityOutcome outcome)
    {
        if (auto call = m_calls.extract(key)) {
            m_transfers->remove(call.mapped()->easy());
            call.mapped()->tell(std::move(outcome));
        }
    }

    std::unique_ptr<CurlTransfers> m_transfers; ///< made on the net thread
    std::map<ActivityKey, std::unique_ptr<MailCall>> m_calls;
};

} // namespace

MailActivity::MailActivity(QObject &net)
    : NetActivity(net, std::make_unique<MailWork>())
{}

} // namespace engine
