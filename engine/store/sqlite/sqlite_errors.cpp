#include "engine/store/sqlite/sqlite_errors.h"

#include <QSqlError>

#include <sqlite3.h>

namespace engine {
namespace {

struct Mend {
    ErrorCode code;
    const char *advice;
};

Mend mendOf(int code)
{
    // Of all refusals of the disk the one of page_checksums.
    if (code == SQLITE_IOERR_DATA)
        code = SQLITE_CORRUPT;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {
            ErrorCode::Unavailable, "another program has it locked; close that one and try again"};
    case SQLITE_FULL:
        return {ErrorCode::Unavailable,
            "the disk is full; free some space and start again, what was answered is safe"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::Unavailable,
            "it cannot be written; check the permissions of the file and "
            "its directory"};
    case SQLITE_CANTOPEN:
        return {ErrorCode::Unavailable,
            "it cannot be opened; check that its directory exists and can be written"};
    case SQLITE_IOERR:
        return {ErrorCode::Unavailable,
            "the disk refuses; check the disk and its space, then start again"};
    case SQLITE_CORRUPT:
        return {ErrorCode::Damaged,
            "a part of it is damaged; start Signalbox again, which takes over all that is not, or "
            "restore a backup"};
    case SQLITE_NOTADB:
        return {ErrorCode::Damaged,
            "it is damaged or no database; restore a backup, or move it away "
            "to begin with an empty one"};
    case SQLITE_CONSTRAINT: return {ErrorCode::WrongState, "this is written there already"};
    default: return {ErrorCode::Unavailable, "the database refuses"};
    }
}

} // namespace

Error sqliteError(int code, const QString &text, const QString &file)
{
    const Mend mend = mendOf(code);
    return {
        mend.code, file.toStdString() + ": " + mend.advice + " (" + text.toStdString() + ")", {}};
}

Error sqliteError(const QSqlError &error, const QString &file)
{
    return sqliteError(error.nativeErrorCode().toInt(), error.databaseText(), file);
}

} // namespace engine
