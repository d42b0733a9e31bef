#pragma once

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <signal.h>

// The program itself, run as people and scripts run it.

namespace tests {

inline constexpr int patience = 30'000;

inline const char *const waitingFlow = R"({
  "signalbox": 1,
  "name": "Waiting",
  "start": "wait",
  "steps": {
    "wait": { "kind": "wait", "event": "Go", "timeout": "P1D", "next": "done", "onTimeout": "done" },
    "done": { "kind": "end", "output": "=steps.wait" }
  }
}
)";

inline const char *const askingFlow = R"({
  "signalbox": 1,
  "name": "Asking",
  "start": "ask",
  "steps": {
    "ask": {
      "kind": "approval",
      "title": "Please look",
      "outcomes": {
        "yes": { "kind": "positive", "next": "done" },
        "no": { "kind": "negative", "requireComment": true, "next": "done" },
        "later": { "next": "ask" }
      }
    },
    "done": { "kind": "end", "output": "=[steps.ask.outcome, steps.ask.by, steps.ask.comment]" }
  }
}
)";

inline const char *const failingFlow = R"({
  "signalbox": 1,
  "name": "Failing",
  "start": "break",
  "steps": {
    "break": { "kind": "fail", "type": "Broken", "message": "on purpose" }
  }
}
)";

/// For whoever waits under the number of its parcel.
inline const char *const parcelFlow = R"({
  "signalbox": 1,
  "name": "Parcel",
  "events": { "Scan": { "correlate": { "event": "=event.parcel", "instance": "=input.parcel" }, "ttl": "P1D" } },
  "start": "wait",
  "steps": {
    "wait": { "kind": "wait", "event": "Scan", "timeout": "P1D", "next": "done", "onTimeout": "done" },
    "done": { "kind": "end", "output": "=steps.wait" }
  }
}
)";

inline const char *const danglingFlow = R"({
  "signalbox": 1,
  "name": "Dangling",
  "start": "wait",
  "steps": {
    "wait": { "kind": "wait", "event": "Go", "timeout": "P1D", "next": "nowhere", "onTimeout": "done" },
    "done": { "kind": "end" }
  }
}
)";

/// What is written on a command line, with nothing in it that a shell would have to quote.
inline QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

struct Outcome {
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

/// No display, no platform: what runs without windows must not notice.
inline QProcessEnvironment bareEnvironment()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("nonsense"));
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    return environment;
}

inline Outcome signalbox(const QStringList &words, const QByteArray &key = {})
{
    QProcess process;
    auto environment = bareEnvironment();
    if (!key.isEmpty())
        environment.insert(QStringLiteral("SIGNALBOX_KEY"), QString::fromLatin1(key));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SIGNALBOX_BINARY), words);
    if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

inline nlohmann::json parsed(const QByteArray &text)
{
    return nlohmann::json::parse(text.toStdString(), nullptr, false);
}

/// The program while it runs.
class Background
{
public:
    explicit Background(const QStringList &all, const QByteArray &key = {})
    {
        auto environment = bareEnvironment();
        if (!key.isEmpty())
            environment.insert(QStringLiteral("SIGNALBOX_KEY"), QString::fromLatin1(key));
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(SIGNALBOX_BINARY), all);
    }
    ~Background()
    {
        m_process.kill();
        m_process.waitForFinished(patience);
    }

    void write(const QByteArray &text) { m_process.write(text); }
    void endInput() { m_process.closeWriteChannel(); }
    /// The next line of its output; empty if there is none any more.
    QByteArray line() { return nextLine(QProcess::StandardOutput); }
    QByteArray errorLine() { return nextLine(QProcess::StandardError); }
    void send(int signal) { ::kill(static_cast<pid_t>(m_process.processId()), signal); }
    /// The exit status, -1 if it did not end by itself.
    int status()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patience))
            return -1;
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    QProcess &process() { return m_process; }

private:
    QByteArray nextLine(QProcess::ProcessChannel channel)
    {
        m_process.setReadChannel(channel);
        while (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning) {
            if (!m_process.waitForReadyRead(patience))
                break;
        }
        return m_process.readLine();
    }

    QProcess m_process;
};

/// A `signalbox serve` of its own.
class Server
{
public:
    explicit Server(const QStringList &words)
    {
        m_process.setProcessEnvironment(bareEnvironment());
        m_process.start(
            QStringLiteral(SIGNALBOX_BINARY), QStringList{QStringLiteral("serve")} + words);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(patience)) {
        }
        m_ready = parsed(m_process.readLine());
    }
    ~Server()
    {
        m_process.kill();
        m_process.waitForFinished(patience);
    }

    bool isReady() const { return m_ready.is_object(); }
    const nlohmann::json &ready() const { return m_ready; }
    QString url() const { return QString::fromStdString(m_ready.at("url").get<std::string>()); }
    /// The exit status after a signal, -1 if it did not end by itself.
    int endBy(int signal)
    {
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
        if (!m_process.waitForFinished(patience) || m_process.exitStatus() != QProcess::NormalExit)
            return -1;
        return m_process.exitCode();
    }
    QByteArray errors() { return m_process.readAllStandardError(); }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    nlohmann::json m_ready;
};

/// A directory with flow files, and a data directory in it.
class Program
{
public:
    Program()
    {
        write("waiting.flow.json", waitingFlow);
        write("asking.flow.json", askingFlow);
        write("failing.flow.json", failingFlow);
        write("parcel.flow.json", parcelFlow);
        write("dangling.flow.json", danglingFlow);
    }

    QString directory() const { return m_directory.path(); }
    QString data() const { return m_directory.filePath(QStringLiteral("data")); }
    QString file(const char *name) const { return m_directory.filePath(QLatin1String(name)); }
    void write(const char *name, const QByteArray &text) const
    {
        QFile out(file(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write %s", name);
    }
    /// The program with these words and the data directory.
    Outcome run(const QStringList &all) const
    {
        return signalbox(all + QStringList{QStringLiteral("--data"), data()});
    }
    Outcome run(const char *line) const { return run(words(line)); }
    /// The words of a server on the data directory, with the flow files deployed.
    QStringList serving() const
    {
        return {QStringLiteral("--data"), data(), QStringLiteral("--flows"), directory()};
    }
    /// What `show` says of an instance.
    nlohmann::json shown(const char *instance) const
    {
        return parsed(
            run(words("show") + QStringList{QLatin1String(instance)} + words("--json")).output);
    }

private:
    QTemporaryDir m_directory;
};

} // namespace tests
