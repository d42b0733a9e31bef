#include "engine/activities/builtin/process_request.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace engine {
namespace {

using nlohmann::json;

Error wrong(const std::string &what, const std::string &pointer)
{
    return {ErrorCode::InvalidArgument, "process: " + what, pointer};
}

/// A scalar as a program reads it; nothing if it is none, or holds what ends a C string.
std::optional<QString> wordFrom(const json &value)
{
    std::optional<std::string> text;
    if (value.is_string())
        text = value.get<std::string>();
    else if (value.is_number() || value.is_boolean())
        text = value.dump();
    if (!text || text->find('\0') != std::string::npos)
        return {};
    return QString::fromStdString(*text);
}

Result<void> readCommand(const json &with, ProcessRequest &request)
{
    const json command = with.value("command", json());
    if (!command.is_array() || command.empty())
        return wrong("'command' must be a list: the program and each of its arguments", "/command");
    QStringList words;
    for (const json &entry : command) {
        const auto word = wordFrom(entry);
        if (!word)
            return wrong("'command' must hold texts, numbers and booleans only", "/command");
        words += *word;
    }
    request.program = words.takeFirst();
    request.arguments = words;
    if (request.program.isEmpty())
        return wrong("'command' must begin with the name of a program", "/command");
    return {};
}

Result<void> readEnvironment(const json &with, ProcessRequest &request)
{
    const json env = with.value("env", json::object());
    if (!env.is_object())
        return wrong("'env' must be an object", "/env");
    for (const auto &[name, value] : env.items()) {
        const auto word = wordFrom(value);
        if (!word || name.empty() || name.find_first_of(std::string("=\0", 2)) != std::string::npos)
            return wrong("'env." + name + "' must be a name and a text", "/env");
        request.environment.insert(QString::fromStdString(name), *word);
    }
    return {};
}

} // namespace

Result<ProcessRequest> processRequestFrom(const ActivityRequest &asked)
{
    const json with = asked.with.tree();
    if (!with.is_object())
        return wrong("'with' must be an object with 'command'", "");
    ProcessRequest request{.environment = QProcessEnvironment::systemEnvironment()};
    // The key of our own port is no business of a flow.
    request.environment.remove(QStringLiteral("SIGNALBOX_KEY"));
    request.environment.insert(
        QStringLiteral("IDEMPOTENCY_KEY"), QString::fromStdString(toText(asked.key)));
    if (auto read = readCommand(with, request); !read)
        return read.error();
    if (auto read = readEnvironment(with, request); !read)
        return read.error();
    const auto directory = wordFrom(with.value("cwd", json("")));
    if (!directory)
        return wrong("'cwd' must be a directory", "/cwd");
    request.directory = *directory;
    if (with.contains("input"))
        request.input = QByteArray::fromStdString(JsonText::of(with["input"]).text());
    return request;
}

} // namespace engine
