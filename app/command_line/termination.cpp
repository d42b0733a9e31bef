#include "app/command_line/termination.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <utility>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace app {

#ifdef Q_OS_WIN

namespace {

std::function<void()> *current = nullptr;

BOOL WINAPI onConsoleEvent(DWORD)
{
    QMetaObject::invokeMethod(qApp, *current, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

Termination::Termination(std::function<void()> requested)
    : m_requested(std::move(requested))
{
    current = &m_requested;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

Termination::~Termination()
{
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    current = nullptr;
}

#else

namespace {

// A signal handler may do little more than write(2); the other end is a socket of the event loop.
std::array<int, 2> ends{-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(ends[0], &byte, sizeof byte);
}

void handle(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

} // namespace

Termination::Termination(std::function<void()> requested)
    : m_requested(std::move(requested))
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0)
        qFatal("signalbox: no socket for signals");
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    m_notifier = std::make_unique<QSocketNotifier>(ends[1], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
        m_notifier->setEnabled(false);
        m_requested();
    });
    handle(onSignal);
}

Termination::~Termination()
{
    handle(SIG_DFL);
    m_notifier.reset();
    for (int &end : ends)
        ::close(std::exchange(end, -1));
}

#endif

} // namespace app
