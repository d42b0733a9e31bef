#pragma once

#include "engine/door/meters_door.h"
#include "engine/engine_loop.h"
#include "engine/observed_store.h"
#include "engine/query_threads.h"

#include <string>

namespace engine {

/// The door's side for figures. What it needs outlives it. Any thread.
class EngineMeasures final : public MetersDoor
{
public:
    /// `directory`: where the database is.
    EngineMeasures(EngineLoop &loop, QueryThreads &queries, const CommitMeter &commits,
        std::string directory);

    void meters(std::function<void(Result<EngineMeters>)> answered) override;

private:
    EngineLoop &m_loop;
    QueryThreads &m_queries;
    const CommitMeter &m_commits;
    std::string m_directory;
};

} // namespace engine
