#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <unordered_map>

namespace engine {

struct CurlDeleter {
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
using CurlHandle = std::unique_ptr<CURL, CurlDeleter>;

struct CurlListDeleter {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, CurlListDeleter>;

void append(CurlList &list, const char *line);

/// Any number of libcurl's transfers at once on the event loop of one thread: their sockets stand
/// in an epoll of which Qt watches nothing but the one descriptor. As many connections are open at
/// a time as the process may have files; the others wait for their turn.
class CurlTransfers : public QObject
{
    Q_OBJECT

public:
    using Ended = std::function<void(CURLcode)>;

    CurlTransfers();
    ~CurlTransfers() override;

    /// Begins; `easy` stays the caller's. `ended` is called from the event loop, and may add and
    /// remove.
    void add(CURL *easy, Ended ended);
    /// Ends it early; `ended` is not called. Nothing happens if it is not under way.
    void remove(CURL *easy);

private:
    static int watchSocket(CURL *easy, curl_socket_t socket, int what, void *self, void *known);
    static int setTimer(CURLM *multi, long milliseconds, void *self);
    void serveSockets();
    void act(curl_socket_t socket, int what);

    CURLM *m_multi;
    int m_epoll;
    QSocketNotifier m_notifier;
    QTimer m_timer;
    std::unordered_map<CURL *, Ended> m_ended;
};

} // namespace engine
