#include "engine/page_watch.h"

#include "engine/base/joined.h"
#include "engine/store/sqlite/page_scan.h"

#include <QLoggingCategory>
#include <QThread>

#include <condition_variable>
#include <utility>

namespace engine {

Q_LOGGING_CATEGORY(watchLog, "engine.pages", QtInfoMsg)

void PageWatch::begin(
    const std::string &directory, std::function<void(const std::string &)> found)
{
    m_thread = std::jthread([this, directory, found = std::move(found)](
                                const std::stop_token &stop) { run(stop, directory, found); });
}

std::string PageWatch::damage() const
{
    const std::lock_guard lock(m_mutex);
    return m_damage;
}

void PageWatch::run(const std::stop_token &stop, const std::string &directory,
    const std::function<void(const std::string &)> &found)
{
    QThread::currentThread()->setPriority(QThread::IdlePriority);
    const auto scan = PageScan::open(directory);
    if (!scan) {
        qCWarning(watchLog).noquote() << scan.error().message.c_str();
        return;
    }
    std::mutex mutex;
    std::condition_variable_any wake;
    const auto stops = [&](std::chrono::milliseconds soLong) {
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, soLong, [] { return false; });
        return stop.stop_requested();
    };
    const auto words = inWords((*scan)->run(stops));
    if (words.empty())
        return;
    const std::string damage =
        (*scan)->file() + ": " + joined(words) +
        "; what does not stand there goes on. Start Signalbox again, which takes over all that is "
        "not damaged and says what is lost, or restore a backup";
    qCCritical(watchLog).noquote() << damage.c_str();
    {
        const std::lock_guard lock(m_mutex);
        m_damage = damage;
    }
    found(damage);
}

} // namespace engine
