#include "app/engine_room.h"

#include "engine/engine.h"
#include "engine/expressions/javascript/javascript.h"
#include "engine/rest/rest_server.h"
#include "monitor/engine_feed/in_process_feed.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {

EngineRoom::EngineRoom(EngineRoomOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{}

EngineRoom::~EngineRoom()
{
    m_feed.reset();
    m_rest.reset(); // holds the engine's door
}

void EngineRoom::open() { QTimer::singleShot(0, this, &EngineRoom::openNow); }

void EngineRoom::openNow()
{
    if (m_engine)
        return;
    engine::EngineOptions options;
    options.directory = m_options.directory.toStdString();
    options.allowed = m_options.allowed;
    auto made = engine::Engine::open(options, {m_clock, m_random, engine::makeJavaScript});
    if (!made)
        return emit failed(QString::fromStdString(made.error().message));
    m_engine = *std::move(made);
    m_feed = std::make_unique<monitor::InProcessFeed>(*m_engine);
    connect(m_engine.get(), &engine::Engine::halted, this, &EngineRoom::halted);
    openPort();
    emit opened();
}

void EngineRoom::openPort()
{
    engine::RestOptions options;
    options.port = m_options.port;
    options.hub = m_options.hub;
    options.key = m_options.key;
    options.rpc = m_options.rpc;
    auto server = engine::RestServer::open(options, m_engine->door());
    if (!server)
        return emit portRefused(QString::fromStdString(server.error().message));
    m_rest = *std::move(server);
}

QString EngineRoom::url() const
{
    return m_rest ? u"http://127.0.0.1:%1"_s.arg(m_rest->port()) : QString();
}

} // namespace app
