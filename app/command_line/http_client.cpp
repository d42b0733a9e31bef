#include "app/command_line/http_client.h"

#include <QNetworkRequest>
#include <QUrl>

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

std::string addressOf(const ApiPlace &place, const ApiCall &call)
{
    std::string address = place.url;
    while (address.ends_with('/'))
        address.pop_back();
    return address + call.path;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

Headers headersOf(const ApiPlace &place, const ApiCall &call)
{
    Headers headers = call.headers;
    if (!place.key.empty())
        headers.emplace_back("x-functions-key", place.key);
    if (!call.body.empty())
        headers.emplace_back("Content-Type", "application/json");
    return headers;
}

struct FreeHandle {
    void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};

struct FreeList {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};

std::size_t keepBytes(const char *bytes, std::size_t size, std::size_t count, void *text)
{
    static_cast<std::string *>(text)->append(bytes, size * count);
    return size * count;
}

/// One call, on a connection of its own: of one that was used before it would not be known whether
/// it is still there, and a call that may have been taken must not be sent again.
class Transfer
{
public:
    Transfer(const ApiPlace &place, const ApiCall &call)
        : m_address(addressOf(place, call))
    {
        set(CURLOPT_URL, m_address.c_str());
        set(CURLOPT_CUSTOMREQUEST, call.method.c_str());
        if (!call.body.empty() || call.method == "POST") {
            set(CURLOPT_POSTFIELDS, call.body.c_str());
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
        }
        add("Expect:");
        for (const auto &[name, value] : headersOf(place, call))
            add(name + (value.empty() ? ";" : ": " + value));
        set(CURLOPT_HTTPHEADER, m_headers.get());
        set(CURLOPT_WRITEFUNCTION, keepBytes);
        set(CURLOPT_WRITEDATA, &m_body);
        set(CURLOPT_ERRORBUFFER, m_fault.data());
        set(CURLOPT_FRESH_CONNECT, 1L);
        set(CURLOPT_FORBID_REUSE, 1L);
        // Signalbox sends nobody elsewhere; a key must not go where somebody else says.
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_NOPROXY, "*");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call.patienceMs));
        constexpr int shortMs = 10'000; // so short is meant for the whole of it
        if (call.patienceMs <= shortMs)
            set(CURLOPT_TIMEOUT_MS, static_cast<long>(call.patienceMs));
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, std::max(1L, static_cast<long>(call.patienceMs / 1000)));
    }

    Result<HttpReply> run(const ApiPlace &place, const ApiCall &call)
    {
        const CURLcode code = curl_easy_perform(m_handle.get());
        long status = 0;
        curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK)
            return notReached(place, call, code);
        curl_off_t wait = 0;
        curl_easy_getinfo(m_handle.get(), CURLINFO_RETRY_AFTER, &wait);
        return HttpReply{static_cast<int>(status), std::move(m_body), static_cast<int>(wait)};
    }

private:
    template<typename Value>
    void set(CURLoption option, Value value)
    {
        curl_easy_setopt(m_handle.get(), option, value);
    }
    void add(const std::string &header)
    {
        m_headers.reset(curl_slist_append(m_headers.release(), header.c_str()));
    }
    /// What was sent may have been taken, although nobody said so.
    Error notReached(const ApiPlace &place, const ApiCall &call, CURLcode code) const
    {
        const std::string reason = m_fault[0] == '\0' ? std::string(curl_easy_strerror(code))
                                                      : std::string(m_fault.data());
        long requestSize = 0;
        curl_easy_getinfo(m_handle.get(), CURLINFO_REQUEST_SIZE, &requestSize);
        const bool mayBeDone = requestSize > 0 && call.method != "GET";
        return {ErrorCode::Unavailable,
            "no Signalbox answers at " + place.url + ": " + reason +
                (mayBeDone ? "; it was sent, and may have been done all the same" : ""),
            {}};
    }

    std::string m_address;
    std::string m_body;
    std::array<char, CURL_ERROR_SIZE> m_fault{};
    std::unique_ptr<curl_slist, FreeList> m_headers;
    std::unique_ptr<CURL, FreeHandle> m_handle{curl_easy_init()};
};

} // namespace

QNetworkRequest requestFor(const ApiPlace &place, const ApiCall &call)
{
    QNetworkRequest request(QUrl::fromEncoded(QByteArray::fromStdString(addressOf(place, call))));
    request.setTransferTimeout(call.patienceMs);
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (const auto &[name, value] : headersOf(place, call))
        request.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    return request;
}

Result<HttpReply> callApi(const ApiPlace &place, const ApiCall &call)
{
    for (const auto &[name, value] : headersOf(place, call)) {
        const auto isControl = [](char letter) {
            return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
        };
        if (std::ranges::any_of(value, isControl))
            return Error{ErrorCode::InvalidArgument,
                "an event id or a key must not have a line break or another control character", {}};
    }
    return Transfer(place, call).run(place, call);
}

} // namespace app
