#include "designer/panels/bindings.h"

#include "designer/document/json_members.h"
#include "designer/panels/duration_words.h"
#include "designer/panels/value_text.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::Bindings)
};

QString notADuration() { return Words::tr("Not a duration. Write 3 d, 12 h 30 min or P3D."); }

QString notJson(const engine::Error &error)
{
    //: Below an input field; %1 says where the JSON is wrong, in English.
    return Words::tr("Not written yet: %1").arg(QString::fromStdString(error.message));
}

QString shownMoment(engine::Instant moment)
{
    const auto at = QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count());
    //: A date and a time on a 24 hour clock, as QLocale formats them.
    return QLocale().toString(at, Words::tr("ddd d MMM yyyy, HH:mm"));
}

/// The constant duration in a value of the file.
std::optional<engine::Duration> durationIn(const MaybeTemplate &value)
{
    const auto text = value ? textIn(value->written) : std::nullopt;
    const auto duration =
        text ? engine::durationFromText(*text) : engine::Result<engine::Duration>(engine::Error{});
    return duration ? std::optional(*duration) : std::nullopt;
}

QString shownTime(const MaybeTemplate &value)
{
    if (!value)
        return {};
    const auto duration = durationIn(value);
    return duration ? durationInWords(*duration) : textInField(*value);
}

QString endOf(const MaybeTemplate &value, engine::Instant now)
{
    const auto duration = durationIn(value);
    if (!duration)
        return {};
    //: Below the timeout of a step; %1 is a date with its time.
    return Words::tr("Started now, it would end on %1.").arg(shownMoment(now + *duration));
}

/// The value for what is typed; nothing: neither duration nor date nor expression.
MaybeTemplate timeFrom(const QString &text)
{
    if (text.startsWith(u'='))
        return textFromField(text);
    if (const auto duration = durationFromWords(text))
        return textFromField(QString::fromStdString(engine::toText(*duration)));
    if (engine::instantFromText(text.toStdString()))
        return textFromField(text);
    return std::nullopt;
}

/// The texts of a list that can stand one a line; nothing where JSON must show what it holds.
std::optional<QStringList> linesIn(const engine::JsonText &value)
{
    const auto tree = nlohmann::json::parse(value.text(), nullptr, false);
    if (!tree.is_array())
        return std::nullopt;
    QStringList lines;
    for (const auto &entry : tree) {
        const QString line =
            entry.is_string() ? QString::fromStdString(entry.get<std::string>()) : QString();
        if (line.trimmed().isEmpty() || line.contains(u'\n') || line.startsWith(u'['))
            return std::nullopt;
        lines << line;
    }
    return lines;
}

engine::Template listOf(const QStringList &lines)
{
    nlohmann::json list = nlohmann::json::array();
    for (const QString &line : lines)
        list.push_back(line.toStdString());
    return engine::templateFrom(engine::JsonText::of(list));
}

} // namespace

Binding listBinding(
    FieldName field, OneText one, Read<MaybeTemplate> read, Write<MaybeTemplate> write)
{
    Binding binding = valueBinding(std::move(field), read, write);
    binding.read = [read] {
        const auto value = read();
        const auto lines = value ? linesIn(value->written) : std::nullopt;
        if (lines)
            return lines->join(u'\n');
        const bool empty = !value || textIn(value->written) == std::string();
        return empty ? QString() : valueInField(value->written);
    };
    binding.write = [read, write, one, asJson = binding.write](const QString &text) {
        const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
        if (lines.isEmpty() || text.trimmed().startsWith(u'['))
            return asJson(text);
        // What was an expression for the whole list stays one while it is edited.
        const auto before = read();
        const bool whole = before && textIn(before->written) && lines.front().startsWith(u'=');
        const bool plain = lines.size() == 1 && (one == OneText::Plain || whole);
        write(plain ? textFromField(lines.front()) : listOf(lines));
        return QString();
    };
    return binding;
}

Binding plainBinding(FieldName field, Read<std::string> read, Write<std::string> write)
{
    return {.name = field.name,
        .label = field.label,
        .read = [read] { return QString::fromStdString(read()); },
        .write =
            [write](const QString &text) {
                write(text.toStdString());
                return QString();
            }};
}

Binding textBinding(FieldName field, Read<MaybeTemplate> read, Write<MaybeTemplate> write)
{
    return {.name = field.name,
        .label = field.label,
        .read =
            [read] {
                const auto value = read();
                return value ? textInField(*value) : QString();
            },
        .write =
            [write](const QString &text) {
                write(text.isEmpty() ? MaybeTemplate() : textFromField(text));
                return QString();
            },
        .code = true};
}

Binding valueBinding(FieldName field, Read<MaybeTemplate> read, Write<MaybeTemplate> write)
{
    Binding binding = textBinding(std::move(field), read, write);
    binding.read = [read] {
        const auto value = read();
        return value ? valueInField(value->written) : QString();
    };
    binding.write = [write](const QString &text) {
        if (text.trimmed().isEmpty()) {
            write({});
            return QString();
        }
        auto value = valueFromField(text);
        if (!value)
            return notJson(value.error());
        write(std::move(*value));
        return QString();
    };
    return binding;
}

Binding jsonBinding(FieldName field, Read<std::optional<engine::JsonText>> read,
    Write<std::optional<engine::JsonText>> write)
{
    return {.name = field.name,
        .label = field.label,
        .read =
            [read] {
                const auto value = read();
                return value ? valueInField(*value) : QString();
            },
        .write =
            [write](const QString &text) {
                if (text.trimmed().isEmpty()) {
                    write({});
                    return QString();
                }
                auto value = engine::JsonText::parse(text.toStdString());
                if (!value)
                    return notJson(value.error());
                write(std::move(*value));
                return QString();
            },
        .code = true};
}

Binding expressionBinding(FieldName field, Read<std::optional<engine::Expression>> read,
    Write<std::optional<engine::Expression>> write)
{
    return {.name = field.name,
        .label = field.label,
        .read =
            [read] {
                const auto value = read();
                return value && !value->source.empty()
                           ? u'=' + QString::fromStdString(value->source)
                           : QString();
            },
        .write =
            [write](const QString &text) {
                const QString source = text.startsWith(u'=') ? text.mid(1) : text;
                write(source.isEmpty() ? std::optional<engine::Expression>()
                                       : engine::Expression{source.toStdString()});
                return QString();
            },
        .code = true};
}

Binding durationBinding(FieldName field, Read<std::optional<engine::Duration>> read,
    Write<std::optional<engine::Duration>> write)
{
    return {.name = field.name,
        .label = field.label,
        .read =
            [read] {
                const auto value = read();
                return value ? durationInWords(*value) : QString();
            },
        .write =
            [write](const QString &text) {
                const auto duration = durationFromWords(text);
                if (!duration && !text.trimmed().isEmpty())
                    return notADuration();
                write(duration);
                return QString();
            },
        .aside =
            [read] {
                const auto value = read();
                return value ? QString::fromStdString(engine::toText(*value)) : QString();
            }};
}

Binding timeBinding(FieldName field, Read<MaybeTemplate> read, Write<MaybeTemplate> write,
    std::function<engine::Instant()> now)
{
    return {.name = field.name,
        .label = field.label,
        .read = [read] { return shownTime(read()); },
        .write =
            [write](const QString &text) {
                const QString trimmed = text.trimmed();
                const auto value = timeFrom(trimmed);
                if (!value && !trimmed.isEmpty())
                    return notADuration();
                write(value);
                return QString();
            },
        .aside =
            [read] {
                const auto duration = durationIn(read());
                return duration ? QString::fromStdString(engine::toText(*duration)) : QString();
            },
        .below = [read, now] { return endOf(read(), now()); }};
}

Binding countBinding(
    FieldName field, int fewest, Read<std::optional<int>> read, Write<std::optional<int>> write)
{
    return {.name = field.name,
        .label = field.label,
        .read =
            [read] {
                const auto value = read();
                return value ? QString::number(*value) : QString();
            },
        .write =
            [write, fewest](const QString &text) {
                bool isNumber = false;
                const int number = text.trimmed().toInt(&isNumber);
                if (!text.trimmed().isEmpty() && (!isNumber || number < fewest))
                    return Words::tr("Write a number from %1 on.").arg(fewest);
                write(isNumber ? std::optional(number) : std::nullopt);
                return QString();
            }};
}

} // namespace designer
