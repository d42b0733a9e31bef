#include "tests/load/running_engine.h"

#include "engine/expressions/javascript/javascript.h"

#include <QDirIterator>
#include <QFileInfo>

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace load {

Place::Place(const std::string &parent)
    : m_directory(QString::fromStdString(parent) + QStringLiteral("/signalbox-load-XXXXXX"))
{
    if (!m_directory.isValid())
        fail(parent + ": " + m_directory.errorString().toStdString());
}

double Place::bytes() const
{
    double bytes = 0;
    QDirIterator files(m_directory.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        bytes += double(QFileInfo(files.next()).size());
    return bytes;
}

RunningEngine::RunningEngine(const std::string &directory, Changed changed)
{
    engine::EngineOptions options;
    options.directory = directory;
    options.allowed = {"log"};
    auto opened = engine::Engine::open(options, {m_clock, m_random, engine::makeJavaScript});
    if (!opened)
        fail(opened.error().message);
    m_engine = *std::move(opened);
    if (changed)
        QObject::connect(m_engine.get(), &engine::Engine::instancesChanged, m_engine.get(),
            std::move(changed), Qt::DirectConnection);
}

void RunningEngine::deploy(const std::string &flow)
{
    const auto deployed = valueOf(m_engine->deploy({flow, true, {}}));
    if (deployed.version == 0)
        fail("the flow " + deployed.flow.value + " is refused");
}

engine::InstanceCounts RunningEngine::counts()
{
    engine::InstanceCounts sum;
    for (const auto &one : valueOf(m_engine->counts())) {
        sum.waiting += one.waiting;
        sum.running += one.running;
        sum.completed += one.completed;
        sum.failed += one.failed;
    }
    return sum;
}

engine::InstanceHistory RunningEngine::history(
    const std::string &instance, engine::Sequence from, int limit)
{
    return valueOf(m_engine->history({{instance}, from, limit}));
}

void fail(const std::string &what) { throw std::runtime_error(what); }

void expectCount(const std::string &what, std::int64_t counted, std::int64_t expected)
{
    if (counted != expected)
        fail(what + ": " + std::to_string(counted) + " instead of " + std::to_string(expected));
}

double residentMemory()
{
    std::ifstream file("/proc/self/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * double(sysconf(_SC_PAGESIZE));
}

double cpuSeconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace load
