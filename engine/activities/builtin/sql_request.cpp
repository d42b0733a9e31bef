#include "engine/activities/builtin/sql_request.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>

namespace engine {
namespace {

using nlohmann::json;

Error wrong(const std::string &what, const std::string &pointer)
{
    return {ErrorCode::InvalidArgument, "sql: " + what, pointer};
}

QVariant valueFrom(const json &value)
{
    if (value.is_null())
        return QVariant(QMetaType::fromType<QString>());
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
        return QString::fromStdString(value.dump());
    if (value.is_number_integer())
        return qlonglong(value.get<std::int64_t>());
    if (value.is_number_float())
        return value.get<double>();
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    return QString::fromStdString(JsonText::of(value).text());
}

Result<void> readBind(const json &bind, SqlRequest &request)
{
    if (bind.is_array()) {
        for (const json &value : bind)
            request.bind.emplace_back(QString(), valueFrom(value));
        return {};
    }
    if (!bind.is_object())
        return wrong(
            "'bind' must be a list of values for ?, or an object of values for :name", "/bind");
    for (const auto &[name, value] : bind.items())
        request.bind.emplace_back(u':' + QString::fromStdString(name), valueFrom(value));
    return {};
}

} // namespace

Result<SqlRequest> sqlRequestFrom(const ActivityRequest &asked)
{
    const json with = asked.with.tree();
    const auto text = [&with](const char *member) {
        const auto value = with.value(member, json());
        return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
    };
    if (!with.is_object() || text("query").isEmpty())
        return wrong("'query' must be a text", "/query");
    SqlRequest request{
        .connection = QUrl(text("connection"), QUrl::StrictMode), .query = text("query")};
    const bool fromRoot = request.connection.path().startsWith(QLatin1Char('/'));
    if (!request.connection.isValid() || request.connection.scheme().isEmpty() || !fromRoot)
        return wrong("the secret of 'connection' must be an address such as sqlite:///path or "
                     "postgresql://user:password@host/database",
            "/connection");
    if (with.contains("bind")) {
        if (auto read = readBind(with["bind"], request); !read)
            return read.error();
    }
    return request;
}

} // namespace engine
