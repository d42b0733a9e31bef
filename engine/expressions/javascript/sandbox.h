#pragma once

#include "engine/base/clock.h"
#include "engine/base/json_text.h"
#include "engine/expressions/javascript/regex.h"

#include <QJSEngine>
#include <QJSValue>
#include <QObject>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace engine {

/// What sandboxed code may ask of C++; only the sandbox's own functions can reach it.
class SandboxBridge : public QObject
{
    Q_OBJECT

public:
    explicit SandboxBridge(QJSEngine &engine)
        : m_engine(engine)
    {}

    std::function<std::optional<JsonText>(std::string_view)> stepResult; ///< while one evaluates

    /// Begin and end of each group; null if there is no match; a text if it cannot be done.
    Q_INVOKABLE QJSValue match(
        const QString &pattern, const QString &flags, const QString &subject, int from);
    /// JSON of the step's last result, or undefined.
    Q_INVOKABLE QJSValue step(const QString &id);

private:
    QJSEngine &m_engine;
    Regexes m_regexes;
};

/// A QJSEngine in which scripts are pure and bounded and leave nothing behind (flow-format.md,
/// "Expressions"). All but native calls can be interrupted; those are short.
class Sandbox
{
public:
    Sandbox();

    QJSEngine &engine() { return m_engine; }
    SandboxBridge &bridge() { return *m_bridge; }

    /// The function of `names` with this body, strict; or a SyntaxError.
    QJSValue compile(const QString &names, const QString &body);
    QJSValue parse(const JsonText &json);
    /// Fixes time and chance; answers the Date that is `now`.
    QJSValue begin(Instant now, std::uint64_t seed);
    /// Calls a function that compile() made. Answers a scalar, or an object with member `json`, or
    /// one with `error` and perhaps `line`; an error if it was interrupted.
    QJSValue call(const QJSValue &function, const QJSValueList &values);
    /// The function that code has to call to be interruptible.
    QJSValue checkpoint() const { return m_checkpoint; }
    /// An object whose members are the results of steps, fetched when they are read.
    QJSValue steps();

private:
    QJSEngine m_engine;
    SandboxBridge *m_bridge; ///< the engine's
    QJSValue m_compile;
    QJSValue m_parse;
    QJSValue m_begin;
    QJSValue m_call;
    QJSValue m_steps;
    QJSValue m_checkpoint;
};

} // namespace engine
