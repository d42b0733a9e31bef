#include "engine/activities/builtin/http_calls.h"

#include "engine/activities/grants.h"
#include "engine/base/authority.h"

#include <QHostAddress>
#include <QHostInfo>

#include <chrono>
#include <string_view>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype largestBody = 1024 * 1024;
constexpr std::size_t largestHeader = 64 * 1024;
constexpr int mostRedirects = 10;

std::string trimmed(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size())).trimmed().toStdString();
}

} // namespace

HttpCall::HttpCall(HttpRequest request, Milliseconds timeout, ActivityDone done)
    : m_request(std::move(request))
    , m_timeout(timeout)
    , m_done(std::move(done))
    , m_easy(curl_easy_init())
{
    invariant(m_easy != nullptr, "curl: no memory for a transfer");
    curl_easy_setopt(easy(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy(), CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, m_fault.data());
    curl_easy_setopt(easy(), CURLOPT_HEADERFUNCTION, &HttpCall::takeHeader);
    curl_easy_setopt(easy(), CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy(), CURLOPT_WRITEFUNCTION, &HttpCall::takeBody);
    curl_easy_setopt(easy(), CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, long(m_timeout.count()));
}

void HttpCall::setAddresses(const QByteArray &addresses)
{
    const QByteArray line = '+' + m_request.url.host(QUrl::FullyEncoded).toLatin1() + ':' +
                            QByteArray::number(m_request.url.port(
                                m_request.url.scheme() == QLatin1String("https") ? 443 : 80)) +
                            ':' + addresses;
    append(m_addresses, line.constData());
    curl_easy_setopt(easy(), CURLOPT_RESOLVE, m_addresses.get());
}

void HttpCall::prepare()
{
    m_answer = {};
    const QByteArray url = m_request.url.toEncoded(QUrl::FullyEncoded | QUrl::RemoveFragment);
    curl_easy_setopt(easy(), CURLOPT_URL, url.constData());
    prepareBody();
    m_headers.reset();
    for (const auto &[name, value] : m_request.headers)
        append(m_headers, (name + (value.isEmpty() ? ";" : ": " + value)).constData());
    if (m_request.header("Content-Type").isEmpty())
        append(m_headers, "Content-Type:");
    append(m_headers, "Expect:");
    curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, m_headers.get());
}

void HttpCall::prepareBody()
{
    const QByteArray &method = m_request.method;
    const bool sends =
        m_request.hasBody || method == "POST" || method == "PUT" || method == "PATCH";
    curl_easy_setopt(easy(), CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy(), CURLOPT_NOBODY, method == "HEAD" ? 1L : 0L);
    if (sends) {
        curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
        curl_easy_setopt(easy(), CURLOPT_POSTFIELDS, m_request.body.constData()); // not copied
    }
    curl_easy_setopt(
        easy(), CURLOPT_CUSTOMREQUEST, method == "HEAD" ? nullptr : method.constData());
}

std::size_t HttpCall::takeHeader(char *line, std::size_t, std::size_t length, void *self)
{
    HttpAnswer &answer = static_cast<HttpCall *>(self)->m_answer;
    const std::string_view text(line, length);
    if (text.starts_with("HTTP/")) { // also after a 100
        answer.headers.clear();
        return length;
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return length;
    const auto name = QByteArray(line, qsizetype(colon)).trimmed().toLower();
    std::string &value = answer.headers[QString::fromLatin1(name).toStdString()];
    value +=
        (value.empty() ? "" : ", ") +
        QString::fromUtf8(QByteArray::fromStdString(trimmed(text.substr(colon + 1)))).toStdString();
    return value.size() > largestHeader ? 0 : length;
}

std::size_t HttpCall::takeBody(char *bytes, std::size_t, std::size_t length, void *self)
{
    auto &call = *static_cast<HttpCall *>(self);
    call.m_tooLarge = call.m_answer.body.size() + qsizetype(length) > largestBody;
    if (call.m_tooLarge)
        return 0; // ends the transfer
    call.m_answer.body.append(bytes, qsizetype(length));
    return length;
}

bool HttpCall::goesOn()
{
    long status = 0;
    const char *target = nullptr;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy(), CURLINFO_REDIRECT_URL, &target);
    if (!target || status < 301 || status > 308)
        return false;
    const QUrl next = QUrl::fromEncoded(target);
    // What a flow may reach was granted by host.
    const bool same = next.isValid() && next.scheme() == m_request.url.scheme() &&
                      authorityOf(next.toString().toStdString()) ==
                          authorityOf(m_request.url.toString().toStdString());
    m_answer.leadsElsewhere = !same || ++m_redirects > mostRedirects;
    if (m_answer.leadsElsewhere)
        return false;
    m_request.url = next;
    const bool becomesGet =
        status == 303 ? m_request.method != "HEAD" : status < 303 && m_request.method == "POST";
    if (becomesGet) {
        m_request.method = "GET";
        m_request.body.clear();
        m_request.hasBody = false;
        m_request.removeHeader("Content-Type");
    }
    return true;
}

ActivityOutcome HttpCall::outcome(CURLcode result) const
{
    if (m_tooLarge)
        return httpFailure("the answer is larger than 1 MiB", false);
    if (result == CURLE_OPERATION_TIMEDOUT && m_timeout > 0ms)
        return Failure{.type = "ActivityTimeout",
            .message = "http: no answer within " + std::to_string(m_timeout.count()) + " ms"};
    HttpAnswer answer = m_answer;
    long status = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = int(status);
    if (result != CURLE_OK)
        answer.fault = m_fault[0] ? m_fault.data() : curl_easy_strerror(result);
    return outcomeOf(
        answer, m_request.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString());
}

void HttpCall::tell(ActivityOutcome outcome)
{
    if (auto done = std::exchange(m_done, nullptr))
        done(std::move(outcome));
}

void HttpCalls::start(const ActivityRequest &request, ActivityDone done)
{
    auto http = httpRequestFrom(request);
    if (!http)
        return done(Failure{
            .type = "ValidationError", .message = http.error().message, .retriable = false});
    const std::string host = authorityOf(http->url.toString().toStdString());
    if (auto refused = refusal(request, host))
        return done(*std::move(refused));
    cancel(request.key);
    if (!m_transfers)
        m_transfers = std::make_unique<CurlTransfers>();
    auto call = std::make_shared<HttpCall>(*std::move(http), request.timeout, std::move(done));
    m_calls[request.key] = call;
    if (QHostAddress(call->request().url.host()).isNull())
        findHost(request.key, call);
    else
        send(request.key, call);
}

void HttpCalls::findHost(const ActivityKey &key, const std::shared_ptr<HttpCall> &call)
{
    QHostInfo::lookupHost(
        call->request().url.host(), this, [this, key, call](const QHostInfo &info) {
            const auto found = m_calls.find(key);
            if (found == m_calls.end() || found->second != call)
                return; // canceled meanwhile
            QByteArray addresses;
            for (const QHostAddress &address : info.addresses())
                addresses += (addresses.isEmpty() ? "" : ",") + address.toString().toLatin1();
            if (addresses.isEmpty())
                return finish(key, httpFailure(info.errorString().toStdString() + " (" +
                                                   info.hostName().toStdString() + ")",
                                       true));
            call->setAddresses(addresses);
            send(key, call);
        });
}

void HttpCalls::send(const ActivityKey &key, const std::shared_ptr<HttpCall> &call)
{
    call->prepare();
    m_transfers->add(call->easy(), [this, key, call](CURLcode result) {
        if (result == CURLE_OK && call->goesOn())
            return send(key, call);
        finish(key, call->outcome(result));
    });
}

void HttpCalls::finish(const ActivityKey &key, ActivityOutcome outcome)
{
    if (auto call = m_calls.extract(key)) {
        m_transfers->remove(call.mapped()->easy());
        call.mapped()->tell(std::move(outcome));
    }
}

void HttpCalls::cancel(const ActivityKey &key) { finish(key, httpFailure("canceled", false)); }

} // namespace engine
