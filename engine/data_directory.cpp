#include "engine/data_directory.h"

#include <QDir>
#include <QFile>
#include <QLockFile>

#include <utility>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

Error unavailable(const QString &message)
{
    return {ErrorCode::Unavailable, message.toStdString(), {}};
}

Result<void> makeDirectory(const QString &path)
{
    if (QDir(path).exists())
        return {};
    if (!QDir().mkpath(path))
        return unavailable(u"The data directory %1 cannot be made. Choose another with --data, or "
                           u"give yourself the "
                           "right to write there."_s.arg(path));
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {};
}

Error refusal(const QLockFile &lock, const QString &path)
{
    if (lock.error() != QLockFile::LockFailedError)
        return unavailable(u"The data directory %1 cannot be written to. Choose another with "
                           u"--data, or give yourself "
                           "the right to write there."_s.arg(path));
    qint64 pid = 0;
    QString host, program;
    lock.getLockInfo(&pid, &host, &program);
    return unavailable(
        u"The data directory %1 is in use by another Signalbox (process %2 on %3). Use that "
        "one, end it, or choose another directory with --data."_s.arg(path)
            .arg(pid)
            .arg(host));
}

} // namespace

Result<std::unique_ptr<DataDirectory>> DataDirectory::take(const std::string &given)
{
    if (given.empty())
        return unavailable(u"No data directory was given. Name one with --data."_s);
    const QString path = QDir(QString::fromStdString(given)).absolutePath();
    if (auto made = makeDirectory(path); !made)
        return made.error();
    auto lock = std::make_unique<QLockFile>(path + "/signalbox.lock"_L1);
    // Never old by time alone: only when its process is gone.
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0))
        return refusal(*lock, path);
    return std::unique_ptr<DataDirectory>(new DataDirectory(path.toStdString(), std::move(lock)));
}

DataDirectory::DataDirectory(std::string path, std::unique_ptr<QLockFile> lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
{}

DataDirectory::~DataDirectory() = default;

} // namespace engine
