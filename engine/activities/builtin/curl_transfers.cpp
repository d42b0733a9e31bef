#include "engine/activities/builtin/curl_transfers.h"

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <utility>

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

namespace engine {
namespace {

// For the database, the REST port and whatever else has files open.
constexpr rlim_t filesForOthers = 512;
constexpr rlim_t filesWanted = 32'768;

/// How many connections may be open; asks the system for more first.
long mostConnections()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return 256;
    if (files.rlim_cur < filesWanted && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = std::min(filesWanted, files.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &files);
        ::getrlimit(RLIMIT_NOFILE, &files);
    }
    const rlim_t most = std::min(files.rlim_cur, filesWanted);
    return long(most > 2 * filesForOthers ? most - filesForOthers : most / 2);
}

CURLM *newMulti()
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    invariant(ready == CURLE_OK, "curl: the library does not start");
    CURLM *multi = curl_multi_init();
    invariant(multi, "curl: no memory for transfers");
    return multi;
}

} // namespace

void append(CurlList &list, const char *line)
{
    curl_slist *longer = curl_slist_append(list.get(), line);
    invariant(longer, "curl: no memory for a line");
    (void)list.release();
    list.reset(longer);
}

CurlTransfers::CurlTransfers()
    : m_multi(newMulti())
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_notifier(m_epoll, QSocketNotifier::Read)
{
    m_timer.setSingleShot(true);
    connect(&m_notifier, &QSocketNotifier::activated, this, &CurlTransfers::serveSockets);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlTransfers::watchSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlTransfers::setTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, mostConnections());
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 64L); // kept open for the next call
}

CurlTransfers::~CurlTransfers()
{
    for (const auto &[easy, ended] : m_ended)
        curl_multi_remove_handle(m_multi, easy);
    curl_multi_cleanup(m_multi);
    m_notifier.setEnabled(false);
    ::close(m_epoll);
}

void CurlTransfers::add(CURL *easy, Ended ended)
{
    m_ended.insert_or_assign(easy, std::move(ended));
    curl_multi_add_handle(m_multi, easy);
}

void CurlTransfers::remove(CURL *easy)
{
    if (m_ended.erase(easy) > 0)
        curl_multi_remove_handle(m_multi, easy);
}

int CurlTransfers::watchSocket(CURL *, curl_socket_t socket, int what, void *self, void *)
{
    const int epoll = static_cast<CurlTransfers *>(self)->m_epoll;
    if (what == CURL_POLL_REMOVE) {
        ::epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nullptr);
        return 0;
    }
    epoll_event wanted{};
    wanted.data.fd = socket;
    if (what & CURL_POLL_IN)
        wanted.events |= EPOLLIN;
    if (what & CURL_POLL_OUT)
        wanted.events |= EPOLLOUT;
    if (::epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &wanted) != 0)
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &wanted);
    return 0;
}

int CurlTransfers::setTimer(CURLM *, long milliseconds, void *self)
{
    QTimer &timer = static_cast<CurlTransfers *>(self)->m_timer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(int(std::min(milliseconds, 3'600'000L)));
    return 0;
}

void CurlTransfers::serveSockets()
{
    // A batch at a time, so that other work of the thread has its turn; Qt tells us of the rest.
    std::array<epoll_event, 256> ready{};
    const int count = ::epoll_wait(m_epoll, ready.data(), int(ready.size()), 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = ready[std::size_t(i)];
        int what = 0;
        if (event.events & (EPOLLIN | EPOLLHUP))
            what |= CURL_CSELECT_IN;
        if (event.events & EPOLLOUT)
            what |= CURL_CSELECT_OUT;
        if (event.events & EPOLLERR)
            what |= CURL_CSELECT_ERR;
        act(event.data.fd, what);
    }
}

void CurlTransfers::act(curl_socket_t socket, int what)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, what, &running);
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL *easy = message->easy_handle;
        const CURLcode result = message->data.result;
        curl_multi_remove_handle(m_multi, easy);
        if (auto ended = m_ended.extract(easy))
            ended.mapped()(result);
    }
}

} // namespace engine
