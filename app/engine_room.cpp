#include "app/engine_room.h"

#include "engine/engine.h"
#include "engine/expressions/javascript/javascript.h"
#include "engine/rest/rest_server.h"
#include "monitor/engine_feed/in_process_feed.h"
#include "monitor/engine_feed/in_process_task_feed.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {
namespace {

Q_LOGGING_CATEGORY(roomLog, "app.engine", QtInfoMsg)

} // namespace

EngineRoom::EngineRoom(ServeCommand command, QObject *parent)
    : QObject(parent)
    , m_command(std::move(command))
{}

EngineRoom::~EngineRoom()
{
    m_tasks.reset();
    m_feed.reset();
    m_file.reset();
    m_rest.reset(); // holds the engine's door
}

void EngineRoom::open() { QTimer::singleShot(0, this, &EngineRoom::openNow); }

void EngineRoom::openNow()
{
    if (m_engine)
        return;
    engine::EngineOptions options;
    options.directory = dataDirectory(m_command.data);
    options.allowed = m_command.allowed;
    auto made = engine::Engine::open(options, {m_clock, m_random, engine::makeJavaScript});
    if (!made)
        return emit failed(QString::fromStdString(made.error().message));
    m_engine = *std::move(made);
    m_feed = std::make_unique<monitor::InProcessFeed>(*m_engine);
    m_tasks = std::make_unique<monitor::InProcessTaskFeed>(*m_engine);
    connect(m_engine.get(), &engine::Engine::halted, this, &EngineRoom::halted);
    connect(m_engine.get(), &engine::Engine::mended, this, &EngineRoom::mended);
    connect(m_engine.get(), &engine::Engine::damaged, this, &EngineRoom::damaged);
    const auto port = openPort();
    emit opened();
    if (!port)
        emit portRefused(QString::fromStdString(port.error().message));
}

engine::Result<void> EngineRoom::openPort()
{
    const std::string directory = dataDirectory(m_command.data);
    const auto key = m_command.key.empty() ? keptOrNewKey(directory)
                                           : engine::Result<std::string>(m_command.key);
    if (!key)
        return key.error();
    engine::RestOptions options;
    options.port = m_command.port;
    options.hub = m_command.hub;
    options.key = *key;
    options.rpc = m_command.rpc;
    options.log = [](const std::string &line) { qCCritical(roomLog, "%s", line.c_str()); };
    auto server = engine::RestServer::open(options, m_engine->door());
    if (!server)
        return server.error();
    m_rest = *std::move(server);
    m_engine->callBackThrough(m_rest->callbackUrls());
    auto file = ServerFile::write(directory, {.url = url().toStdString(),
                                                 .hub = m_command.hub,
                                                 .pid = QCoreApplication::applicationPid(),
                                                 .key = m_command.key});
    if (!file)
        return file.error();
    m_file.emplace(*std::move(file));
    return {};
}

QString EngineRoom::directory() const
{
    return QString::fromStdString(dataDirectory(m_command.data));
}

QString EngineRoom::url() const
{
    return m_rest ? u"http://127.0.0.1:%1"_s.arg(m_rest->port()) : QString();
}

} // namespace app
