#pragma once

#include "engine/engine.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <string>

namespace load {

/// A directory for a database, gone with this. Throws std::runtime_error if it cannot be made.
class Place
{
public:
    explicit Place(const std::string &parent);
    std::string path() const { return m_directory.path().toStdString(); }
    /// Bytes of everything in it.
    double bytes() const;

private:
    QTemporaryDir m_directory;
};

/// The engine as Signalbox runs it: its threads, SQLite on disk, its own options. Throws
/// std::runtime_error where the engine answers an error.
class RunningEngine
{
public:
    using Changed = std::function<void(const std::vector<engine::InstanceSummary> &)>;

    /// `changed` is called on the engine thread, after each commit.
    explicit RunningEngine(const std::string &directory, Changed changed = {});

    engine::Engine &engine() { return *m_engine; }
    engine::Door door() { return m_engine->door(); }
    /// Deploys and checks that there is nothing wrong with it.
    void deploy(const std::string &flow);
    /// Sum over all flows.
    engine::InstanceCounts counts();
    engine::InstanceHistory history(const std::string &instance, engine::Sequence from, int limit);

private:
    engine::SystemClock m_clock;
    engine::SystemRandom m_random;
    std::unique_ptr<engine::Engine> m_engine;
};

/// Throws what went wrong.
[[noreturn]] void fail(const std::string &what);
/// Throws unless `counted` is `expected`.
void expectCount(const std::string &what, std::int64_t counted, std::int64_t expected);

template<typename T>
T valueOf(QFuture<engine::Result<T>> future)
{
    future.waitForFinished();
    auto result = future.takeResult();
    if (!result)
        fail(result.error().message);
    return *std::move(result);
}

/// Of this process, in bytes.
double residentMemory();
/// Of this process and all its threads.
double cpuSeconds();

} // namespace load
