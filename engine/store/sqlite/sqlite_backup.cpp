#include "engine/store/sqlite/sqlite_backup.h"

#include "engine/store/sqlite/change_rows.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_mend.h"

#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <system_error>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace engine {
namespace {

Error refusal(ErrorCode code, const QString &target, const char *what)
{
    return {code, target.toStdString() + ": " + what, {}};
}

Error exists(const QString &target)
{
    return refusal(ErrorCode::AlreadyExists, target,
        "there is a file of that name; a backup never replaces one, choose another name");
}

Result<void> checkTarget(const QString &target)
{
    const QFileInfo file(target);
    if (!file.isAbsolute() || target.contains(QChar(0)))
        return refusal(ErrorCode::InvalidArgument, target,
            "the path of a backup must be absolute, such as /media/backup/signalbox.db");
    if (!QFileInfo(file.path()).isDir())
        return refusal(ErrorCode::InvalidArgument, target,
            "the directory of the backup does not exist; create it or choose another");
    if (file.exists() || file.isSymLink())
        return exists(target);
    return {};
}

/// Whoever puts the copy back counts the changes on from there, and not as the original does.
Result<void> makeItsOwn(const QString &copy)
{
    const auto connection = SqliteConnection::open(copy, SqliteConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    return forgetEpoch(**connection);
}

/// Written by then, also on the disk.
bool synchronize(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
#ifndef Q_OS_WIN
    return ::fsync(file.handle()) == 0;
#else
    return true;
#endif
}

/// Gives a whole copy its name, unless something got that name meanwhile.
Result<void> giveName(const QString &unfinished, const QString &target)
{
    if (!synchronize(unfinished))
        return refusal(
            ErrorCode::Unavailable, target, "the copy cannot be written; check the disk");
    std::error_code fault;
    std::filesystem::create_hard_link(unfinished.toStdString(), target.toStdString(), fault);
    if (fault == std::errc::file_exists)
        return exists(target);
    // Some file systems know no second name.
    if (fault && !QFile::rename(unfinished, target))
        return refusal(ErrorCode::Unavailable, target,
            "the copy cannot get its name; check the permissions of the directory");
    return {};
}

} // namespace

Result<std::int64_t> backUpDatabase(const std::string &directory, const std::string &name)
{
    const QString target = QString::fromStdString(name);
    if (auto checked = checkTarget(target); !checked)
        return checked.error();
    auto connection = SqliteConnection::open(
        databaseFile(QString::fromStdString(directory)), SqliteConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    const QString unfinished = target + u".unfinished"_s;
    QFile::remove(unfinished); // of a backup that was cut off
    (*connection)->reserve();
    QSqlQuery copy((*connection)->database());
    copy.prepare(u"vacuum into ?"_s);
    copy.addBindValue(unfinished);
    Result<void> done;
    if (!copy.exec()) {
        const Error why = (*connection)->errorOf(copy);
        if (why.code == ErrorCode::Damaged) // a copy reads every page
            noteDamage((*connection)->file());
        done = Error{why.code,
            name + ": the copy cannot be written there, or not be made: " + why.message, {}};
    } else if (done = makeItsOwn(unfinished); done) {
        done = giveName(unfinished, target);
    }
    QFile::remove(unfinished);
    if (!done)
        return done.error();
    return std::int64_t{QFileInfo(target).size()};
}

} // namespace engine
