#include "engine/activities/builtin/sql_rows.h"

#include "engine/activities/builtin/sql_connection.h"

#include <QDateTime>
#include <QSqlQuery>
#include <QSqlRecord>

#include <cmath>

namespace engine {
namespace {

std::string quoted(const QString &text) { return JsonText::ofString(text.toStdString()).text(); }

std::string numberOf(double value)
{
    return std::isfinite(value)
               ? QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString()
               : "null";
}

std::string jsonOf(const QVariant &value)
{
    if (value.isNull())
        return "null";
    switch (value.typeId()) {
    case QMetaType::Bool: return value.toBool() ? "true" : "false";
    case QMetaType::Int:
    case QMetaType::LongLong:
    case QMetaType::Short: return std::to_string(value.toLongLong());
    case QMetaType::UInt:
    case QMetaType::ULongLong: return std::to_string(value.toULongLong());
    case QMetaType::Double:
    case QMetaType::Float: return numberOf(value.toDouble());
    case QMetaType::QByteArray: return quoted(QString::fromLatin1(value.toByteArray().toBase64()));
    case QMetaType::QDateTime:
        return quoted(value.toDateTime().toUTC().toString(Qt::ISODateWithMs));
    case QMetaType::QDate: return quoted(value.toDate().toString(Qt::ISODate));
    case QMetaType::QTime: return quoted(value.toTime().toString(Qt::ISODateWithMs));
    default: return quoted(value.toString());
    }
}

std::string rowOf(const QSqlQuery &query, const QSqlRecord &columns)
{
    std::string row = "{";
    for (int i = 0; i < columns.count(); ++i)
        row += (i > 0 ? "," : "") + quoted(columns.fieldName(i)) + ':' + jsonOf(query.value(i));
    return row += '}';
}

Failure unkept(const std::string &why)
{
    return {.type = "SqlError", .message = "sql: the rows " + why, .retriable = false};
}

} // namespace

ActivityOutcome rowsOf(QSqlQuery &query)
{
    const QSqlRecord columns = query.record();
    std::string rows = "[";
    while (query.isSelect() && query.next()) {
        rows += (rows.size() > 1 ? "," : "") + rowOf(query, columns);
        if (rows.size() > JsonLimits().bytes)
            return unkept("are more than 1 MiB; ask for fewer");
    }
    if (query.lastError().isValid())
        return sqlFailure("the rows cannot be read", query);
    auto checked = JsonText::parse(rows + ']');
    if (!checked)
        return unkept("cannot be kept: " + checked.error().message);
    return *std::move(checked);
}

} // namespace engine
