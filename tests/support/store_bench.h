#pragma once

#include "engine/store/memory_store.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_store.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tests {

/// A store that is new, and readers over it.
class StoreBench
{
public:
    virtual ~StoreBench() = default;
    virtual engine::Store &store() = 0;
    virtual std::unique_ptr<engine::Reader> reader() = 0;
    /// Closes the store and opens it again; what is in memory stays as it is. No reader may be open.
    virtual void reopen() {}
};

class MemoryBench final : public StoreBench
{
public:
    engine::Store &store() override { return m_store; }
    std::unique_ptr<engine::Reader> reader() override { return std::make_unique<engine::MemoryReader>(m_store); }

private:
    engine::MemoryStore m_store;
};

class SqliteBench final : public StoreBench
{
public:
    SqliteBench() { reopen(); }
    engine::Store &store() override { return *m_store; }
    std::unique_ptr<engine::Reader> reader() override
    {
        auto opened = engine::SqliteReader::open(m_directory.path().toStdString());
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return *std::move(opened);
    }
    void reopen() override
    {
        m_store.reset();
        auto opened = engine::SqliteStore::open(m_directory.path().toStdString());
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        m_store = *std::move(opened);
    }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<engine::SqliteStore> m_store;
};

using MakeBench = std::function<std::unique_ptr<StoreBench>()>;

/// One of each kind of store.
inline const std::vector<std::pair<const char *, MakeBench>> &benches()
{
    static const std::vector<std::pair<const char *, MakeBench>> all{
        {"memory", [] { return std::make_unique<MemoryBench>(); }},
        {"sqlite", [] { return std::make_unique<SqliteBench>(); }},
    };
    return all;
}

template<typename T>
T valueOf(engine::Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return *std::move(result);
}

} // namespace tests
