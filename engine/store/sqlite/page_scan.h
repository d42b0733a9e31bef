#pragma once

#include "engine/base/result.h"
#include "engine/store/sqlite/page_checksums.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace engine {

class SqliteConnection;

/// Looks at every page of a database while others write to it, over a connection of its own, which
/// holds no lock meanwhile. Belongs to the thread that opened it.
class PageScan
{
public:
    /// Whether to stop; asked again and again, and waits for that so long.
    using Stops = std::function<bool(std::chrono::milliseconds)>;

    /// The store must have been opened before.
    static Result<std::unique_ptr<PageScan>> open(const std::string &directory);
    ~PageScan();

    /// Looks once at all pages that are there when it begins. A page that a checkpoint writes
    /// meanwhile, or that a power cut tore and the log still has, is no damage. Damage stays as it
    /// is and is noted (sqlite_mend.h). Nothing is found by one that was stopped.
    PageReport run(const Stops &stops);
    std::string file() const;

private:
    explicit PageScan(std::unique_ptr<SqliteConnection> connection);

    std::unique_ptr<SqliteConnection> m_connection;
};

} // namespace engine
