#include "app/log_output.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QMutex>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qint64 fullFile = 4 * 1024 * 1024;

struct Output {
    QMutex mutex; ///< any thread may log
    std::unique_ptr<QFile> file;
};

Output &output()
{
    static Output one;
    return one;
}

QLatin1StringView levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return "debug"_L1;
    case QtInfoMsg: return "info"_L1;
    case QtWarningMsg: return "warning"_L1;
    case QtCriticalMsg: return "critical"_L1;
    case QtFatalMsg: return "fatal"_L1;
    }
    return "info"_L1;
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = u"%1 %2 %3: %4\n"_s
                                .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
                                    levelName(type), QString::fromLatin1(context.category), message)
                                .toUtf8();
    const QMutexLocker lock(&output().mutex);
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    if (output().file) {
        output().file->write(line);
        output().file->flush();
    }
}

} // namespace

void writeLogs(const QString &file)
{
    auto opened = std::make_unique<QFile>(file);
    if (QFileInfo(file).size() > fullFile) {
        QFile::remove(file + u".1"_s);
        QFile::rename(file, file + u".1"_s);
    }
    const bool toFile = !file.isEmpty() && opened->open(QIODevice::Append);
    {
        const QMutexLocker lock(&output().mutex);
        output().file = toFile ? std::move(opened) : nullptr;
    }
    qInstallMessageHandler(write);
}

} // namespace app
