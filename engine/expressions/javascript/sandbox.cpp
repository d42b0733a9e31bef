#include "engine/expressions/javascript/sandbox.h"

#include "engine/base/error.h"
#include "engine/expressions/javascript/sandbox_source.h"

#include <string>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

// Compiled code gains nothing for expressions that run for microseconds, and it would be compiled
// anew in each program start. Before main(), because the environment must not change under threads.
[[maybe_unused]] const bool interpretedOnly = qputenv("QV4_FORCE_INTERPRETER", "1");

QString fromUtf8(const std::string &text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

QJSValue SandboxBridge::match(
    const QString &pattern, const QString &flags, const QString &subject, int from)
{
    const auto answer = m_regexes.match(pattern, flags, subject, from);
    if (answer.fault == RegexFault::Pattern)
        return u"The regular expression /%1/ is not supported"_s.arg(pattern);
    if (answer.fault == RegexFault::TooMuchWork)
        return u"The regular expression /%1/ needs too many attempts on this text"_s.arg(pattern);
    if (!answer.match)
        return QJSValue(QJSValue::NullValue);
    const auto &groups = answer.match->groups;
    QJSValue places = m_engine.newArray(uint(groups.size() * 2));
    for (quint32 i = 0; i < groups.size(); ++i) {
        places.setProperty(2 * i, int(groups[i].first));
        places.setProperty(2 * i + 1, int(groups[i].second));
    }
    return places;
}

QJSValue SandboxBridge::step(const QString &id)
{
    const auto result = stepResult ? stepResult(id.toStdString()) : std::nullopt;
    return result ? QJSValue(fromUtf8(result->text())) : QJSValue();
}

Sandbox::Sandbox()
    : m_bridge(new SandboxBridge(m_engine))
{
    const QJSValue bridge = m_engine.newQObject(m_bridge);
    QJSEngine::setObjectOwnership(m_bridge, QJSEngine::CppOwnership);
    m_bridge->setParent(&m_engine);
    const QString source = QString::fromUtf8(sandboxBegin) + QString::fromUtf8(sandboxTexts) +
                           QString::fromUtf8(sandboxEnd);
    QJSValue setUp = m_engine.evaluate(source, u"sandbox.js"_s);
    const QJSValue entrances = setUp.call({m_engine.globalObject(), bridge});
    invariant(!entrances.isError(),
        "The sandbox does not start: " + entrances.toString().toStdString() + " in line " +
            entrances.property(u"lineNumber"_s).toString().toStdString());
    m_compile = entrances.property(u"compile"_s);
    m_parse = entrances.property(u"parse"_s);
    m_begin = entrances.property(u"begin"_s);
    m_call = entrances.property(u"call"_s);
    m_steps = entrances.property(u"steps"_s);
    m_checkpoint = entrances.property(u"checkpoint"_s);
}

QJSValue Sandbox::compile(const QString &names, const QString &body)
{
    return m_compile.call({names, body});
}

QJSValue Sandbox::parse(const JsonText &json) { return m_parse.call({fromUtf8(json.text())}); }

QJSValue Sandbox::begin(Instant now, std::uint64_t seed)
{
    return m_begin.call(
        {double(now.time_since_epoch().count()), double(seed >> 32), double(seed & 0xffffffff)});
}

QJSValue Sandbox::call(const QJSValue &function, const QJSValueList &values)
{
    return m_call.call(QJSValueList{function} + values);
}

QJSValue Sandbox::steps() { return m_steps.call(); }

} // namespace engine
