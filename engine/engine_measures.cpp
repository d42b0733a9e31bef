#include "engine/engine_measures.h"

#include "engine/store/sqlite/sqlite_file.h"

#include <QFileInfo>

#include <utility>

namespace engine {

EngineMeasures::EngineMeasures(
    EngineLoop &loop, QueryThreads &queries, const CommitMeter &commits, std::string directory)
    : m_loop(loop)
    , m_queries(queries)
    , m_commits(commits)
    , m_directory(std::move(directory))
{}

void EngineMeasures::meters(std::function<void(Result<EngineMeters>)> answered)
{
    EngineMeters meters;
    meters.running = m_loop.problem().empty();
    const EngineInbox::Count inbox = m_loop.inbox().count();
    meters.messages = inbox.messages;
    meters.refused = inbox.refused;
    meters.waiting = inbox.waiting;
    meters.mostWaiting = inbox.mostWaiting;
    m_commits.read(meters);
    m_queries.scan(
        [meters, directory = m_directory](Reader &reader) -> Result<EngineMeters> {
            auto counts = reader.counts();
            if (!counts)
                return counts.error();
            EngineMeters all = meters;
            all.instances = *std::move(counts);
            const QString file = databaseFile(QString::fromStdString(directory));
            all.databaseBytes = QFileInfo(file).size();
            all.logBytes = QFileInfo(file + QStringLiteral("-wal")).size();
            return all;
        },
        std::move(answered));
}

} // namespace engine
