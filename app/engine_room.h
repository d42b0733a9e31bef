#pragma once

#include "app/arguments.h"
#include "app/command_line/data_directory.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace engine {
class Engine;
class RestServer;
} // namespace engine
namespace monitor {
class Feed;
class TaskFeed;
}

namespace app {

/// The window's engine with its REST port and the monitor's feeds; opened after the window is shown,
/// so that a slow disk does not keep it from appearing. Main thread.
class EngineRoom : public QObject
{
    Q_OBJECT

public:
    explicit EngineRoom(ServeCommand command, QObject *parent = nullptr);
    ~EngineRoom() override;

    /// Begins; opened() or failed() comes later. Again after failed(): tries again.
    void open();
    /// nullptr before opened().
    engine::Engine *engine() { return m_engine.get(); }
    monitor::Feed *feed() { return m_feed.get(); }
    monitor::TaskFeed *tasks() { return m_tasks.get(); }
    /// Of the data.
    QString directory() const;
    /// `http://127.0.0.1:PORT`; empty while there is no port.
    QString url() const;

signals:
    void opened();
    /// The engine could not be opened: what happened and what to do.
    void failed(const QString &problem);
    /// The engine runs, its REST port does not.
    void portRefused(const QString &problem);
    /// The engine stopped by itself.
    void halted(const QString &problem);
    /// The database was damaged and is whole again; what was found and done, a sentence each.
    void mended(const QStringList &lines);
    /// Pages of the database are damaged; the engine goes on.
    void damaged(const QString &damage);

private:
    void openNow();
    engine::Result<void> openPort();

    ServeCommand m_command;
    engine::SystemClock m_clock;
    engine::SystemRandom m_random;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<engine::RestServer> m_rest; ///< goes before the engine whose door it holds
    std::optional<ServerFile> m_file;           ///< tells other commands where we run
    std::unique_ptr<monitor::Feed> m_feed;
    std::unique_ptr<monitor::TaskFeed> m_tasks;
};

} // namespace app
