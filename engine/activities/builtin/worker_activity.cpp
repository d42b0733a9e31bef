#include "engine/activities/builtin/worker_activity.h"

#include "engine/base/random.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

// How late a lease can run out when somebody sets the machine's clock forward.
constexpr Milliseconds longestSleep = 1s;

std::string newMark() { return QString::number(SystemRandom().next(), 16).toStdString(); }

/// The board and what wakes it. Net thread.
class WorkerWork : public NetWork
{
public:
    explicit WorkerWork(const Clock &clock)
        : m_clock(clock)
        , m_board(clock, newMark)
        , m_wake(this)
    {
        m_wake.setSingleShot(true);
        connect(&m_wake, &QTimer::timeout, this,
            [this] { use([](WorkBoard &board) { board.look(); }); });
    }

    void start(const ActivityRequest &request, ActivityDone done) override
    {
        use([&](WorkBoard &board) { board.add(request, std::move(done)); });
    }
    void cancel(const ActivityKey &key) override
    {
        use([&](WorkBoard &board) { board.cancel(key); });
    }

    void use(const std::function<void(WorkBoard &)> &deed)
    {
        deed(m_board);
        if (const auto due = m_board.nextDue())
            m_wake.start(std::clamp(*due - m_clock.now(), 0ms, longestSleep));
        else
            m_wake.stop();
    }

private:
    const Clock &m_clock;
    WorkBoard m_board;
    QTimer m_wake;
};

} // namespace

WorkerActivity::WorkerActivity(QObject &net, const Clock &clock)
    : NetActivity(net, std::make_unique<WorkerWork>(clock))
{}

OnBoard WorkerActivity::board() const
{
    return [work = static_cast<WorkerWork *>(&work())](std::function<void(WorkBoard &)> deed) {
        QMetaObject::invokeMethod(
            work, [work, deed = std::move(deed)] { work->use(deed); }, Qt::QueuedConnection);
    };
}

} // namespace engine
