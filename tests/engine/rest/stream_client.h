#pragma once

#include "tests/engine/rest/http_client.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace tests {

struct StreamEvent {
    std::string id; ///< without its epoch
    std::string name; ///< empty: only a place
    nlohmann::json data;
};

/// A reader of /api/v1/stream: what a browser's EventSource does, byte by byte.
class StreamClient
{
public:
    explicit StreamClient(quint16 port, const QByteArray &lastEventId = {},
        const QByteArray &key = "secret", const QByteArray &version = "1.1",
        const QByteArray &query = {})
        : m_client(port)
    {
        QByteArray request = "GET /api/v1/stream" + query + " HTTP/" + version +
                             "\r\nHost: localhost\r\nx-functions-key: " + key + "\r\n";
        if (!lastEventId.isEmpty())
            request += "Last-Event-ID: " + lastEventId + "\r\n";
        m_client.send(request + "\r\n");
        head = m_client.receive();
        m_inChunks = head.headers.value("transfer-encoding") == "chunked";
        m_raw = head.body;
        lastId = lastEventId.toStdString();
        drain();
    }

    /// The next event; nothing when the server has ended the stream, or nothing comes for ten seconds.
    /// Blocks without a field or with comments alone are skipped.
    std::optional<StreamEvent> next()
    {
        for (;;) {
            const auto block = nextBlock();
            if (!block)
                return {};
            if (auto event = eventOf(*block))
                return event;
        }
    }
    /// The next of an instance or a task.
    std::optional<StreamEvent> nextNamed()
    {
        auto event = next();
        while (event && event->name.empty())
            event = next();
        return event;
    }
    /// The text up to the next empty line.
    std::optional<QByteArray> nextBlock()
    {
        while (!m_text.contains("\n\n"))
            if (!readMore())
                return {};
        const auto end = m_text.indexOf("\n\n");
        const QByteArray block = m_text.left(end);
        m_text.remove(0, end + 2);
        return block;
    }
    /// Whether the server said that it is over, by a last chunk or by the end of the connection.
    bool isWhole()
    {
        while (!m_hasEnded && readMore()) {
        }
        return m_hasEnded;
    }
    HttpClient &client() { return m_client; }

    HttpAnswer head;
    std::string lastId; ///< as an EventSource would send it

private:
    std::optional<StreamEvent> eventOf(const QByteArray &block)
    {
        StreamEvent event;
        bool isComment = true;
        for (const QByteArray &line : block.split('\n')) {
            const auto value = line.mid(line.indexOf(':') + 1).trimmed();
            isComment = isComment && line.startsWith(':');
            if (line.startsWith("id:")) {
                lastId = value.toStdString();
                event.id = lastId.substr(lastId.find('-') + 1);
            }
            if (line.startsWith("event:"))
                event.name = value.toStdString();
            else if (line.startsWith("data:"))
                event.data = nlohmann::json::parse(value.toStdString());
        }
        return isComment ? std::nullopt : std::optional(event);
    }
    bool readMore()
    {
        if (m_hasEnded)
            return false;
        auto &socket = m_client.socket();
        const bool has = socket.bytesAvailable() > 0 || socket.waitForReadyRead(10'000);
        m_raw += socket.readAll();
        drain();
        if (!m_inChunks && !has)
            m_hasEnded = socket.state() == QAbstractSocket::UnconnectedState;
        return has;
    }
    void drain()
    {
        if (!m_inChunks)
            m_text += std::exchange(m_raw, {});
        while (m_inChunks && takeChunk()) {
        }
    }
    bool takeChunk()
    {
        const auto line = m_raw.indexOf("\r\n");
        if (line < 0)
            return false;
        const auto size = m_raw.left(line).toLongLong(nullptr, 16);
        if (m_raw.size() < line + 2 + size + 2)
            return false;
        m_text += m_raw.mid(line + 2, size);
        m_raw.remove(0, line + 2 + size + 2);
        m_hasEnded = size == 0;
        return !m_hasEnded;
    }

    HttpClient m_client;
    bool m_inChunks = false;
    bool m_hasEnded = false;
    QByteArray m_raw;
    QByteArray m_text;
};

} // namespace tests
