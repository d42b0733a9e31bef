#include "engine/activities/builtin/sql_statement.h"

#include "engine/activities/builtin/sql_connections.h"

#include <QDateTime>
#include <QSqlQuery>
#include <QSqlRecord>

#include <cmath>

namespace engine {
namespace {

JsonText textOf(const QString &text) { return JsonText::ofString(text.toStdString()); }

/// A value of a column: bytes as base64, times as RFC 3339.
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
    case QMetaType::Float:
        return std::isfinite(value.toDouble())
                   ? QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
                         .toStdString()
                   : "null";
    case QMetaType::QByteArray:
        return textOf(QString::fromLatin1(value.toByteArray().toBase64())).text();
    case QMetaType::QDateTime: return textOf(value.toDateTime().toString(Qt::ISODateWithMs)).text();
    case QMetaType::QDate: return textOf(value.toDate().toString(Qt::ISODate)).text();
    case QMetaType::QTime: return textOf(value.toTime().toString(Qt::ISODateWithMs)).text();
    default: return textOf(value.toString()).text();
    }
}

std::string rowOf(const QSqlQuery &query, const QSqlRecord &columns)
{
    std::string row = "{";
    for (int i = 0; i < columns.count(); ++i)
        row +=
            (i > 0 ? "," : "") + textOf(columns.fieldName(i)).text() + ':' + jsonOf(query.value(i));
    return row += '}';
}

ActivityOutcome rowsOf(QSqlQuery &query)
{
    const QSqlRecord columns = query.record();
    std::string rows = "[";
    while (query.isSelect() && query.next()) {
        rows += (rows.size() > 1 ? "," : "") + rowOf(query, columns);
        if (rows.size() > JsonLimits().bytes)
            return Failure{.type = "SqlError",
                .message = "sql: the rows are more than 1 MiB; ask for fewer",
                .retriable = false};
    }
    if (query.lastError().isValid())
        return sqlFailure("cannot read the rows", query.lastError());
    auto checked = JsonText::parse(rows + ']');
    if (!checked)
        return Failure{.type = "SqlError",
            .message = "sql: the rows cannot be kept: " + checked.error().message,
            .retriable = false};
    return *std::move(checked);
}

} // namespace

ActivityOutcome runStatement(const QSqlDatabase &database, const SqlRequest &request)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    query.setNumericalPrecisionPolicy(QSql::LowPrecisionDouble);
    if (!query.prepare(request.query))
        return sqlFailure("the statement is refused", query.lastError());
    for (const auto &[name, value] : request.bind) {
        if (name.isEmpty())
            query.addBindValue(value);
        else
            query.bindValue(name, value);
    }
    if (!query.exec())
        return sqlFailure("the statement fails", query.lastError());
    return rowsOf(query);
}

} // namespace engine
