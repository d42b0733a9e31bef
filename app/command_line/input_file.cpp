#include "app/command_line/input_file.h"

#include <QFile>
#include <QFileInfo>

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

} // namespace

Result<std::string> fileText(const std::string &path, std::size_t most)
{
    QFile file(QString::fromStdString(path));
    if (QFileInfo(file).isDir())
        return Error{ErrorCode::Unavailable, "'" + path + "' is a directory, not a file", {}};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Unavailable,
            "cannot read '" + path + "': " + file.errorString().toStdString(), {}};
    const QByteArray content = file.read(static_cast<qint64>(most) + 1);
    if (content.size() > static_cast<qsizetype>(most))
        return Error{ErrorCode::TooLarge,
            "'" + path + "' is larger than " + std::to_string(most) + " bytes", {}};
    return content.toStdString();
}

Result<engine::JsonText> writtenJson(const std::string &written)
{
    if (written.empty())
        return engine::JsonText();
    if (!written.starts_with('@')) {
        auto json = engine::JsonText::parse(written);
        if (!json)
            return Error{json.error().code,
                "'" + written + "' is not JSON: " + json.error().message +
                    ". Texts need quotes inside the shell's: '\"text\"'",
                {}};
        return json;
    }
    const std::string path = written.substr(1);
    auto text = fileText(path);
    if (!text)
        return text.error();
    auto json = engine::JsonText::parse(*text);
    if (!json)
        return Error{json.error().code, "'" + path + "' is not JSON: " + json.error().message, {}};
    return json;
}

} // namespace app
