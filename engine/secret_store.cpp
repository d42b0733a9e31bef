#include "engine/secret_store.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QLockFile>
#include <QObject>
#include <QSaveFile>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <chrono>
#include <utility>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using nlohmann::json;

// Somebody may have to unlock the keychain first.
constexpr auto keychainPatience = 60s;
constexpr std::size_t largestValue = 64 * 1024;

Error unavailable(const QString &message)
{
    return {ErrorCode::Unavailable, message.toStdString(), {}};
}

QString pathIn(const std::string &directory, QLatin1StringView name)
{
    return QDir(QString::fromStdString(directory)).absoluteFilePath(name);
}

QString filePath(const std::string &directory) { return pathIn(directory, "secrets.json"_L1); }

/// Under which the keychain knows a secret of this directory.
QString keychainKey(const std::string &directory, const std::string &name)
{
    return pathIn(directory, "secret "_L1) + QString::fromStdString(name);
}

/// The secrets by name: `{"value": …}`, or `{}` for one in the keychain.
Result<json> read(const std::string &directory)
{
    QFile file(filePath(directory));
    if (!file.exists())
        return json::object();
    if (!file.open(QFile::ReadOnly))
        return unavailable(
            u"the secrets in '%1' cannot be read: %2"_s.arg(file.fileName(), file.errorString()));
    const auto text = JsonText::parse(file.readAll().toStdString(), {.bytes = 64 * 1024 * 1024});
    const json tree = text ? text->tree() : json();
    if (!tree.is_object() || tree.value("version", json()) != json(1) ||
        !tree.value("secrets", json()).is_object())
        return Error{ErrorCode::Damaged,
            "'" + file.fileName().toStdString() +
                "' is no file of secrets of this version; put it aside and set the secrets anew",
            {}};
    return tree["secrets"];
}

Result<void> write(const std::string &directory, const json &secrets)
{
    QSaveFile file(filePath(directory));
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return unavailable(u"the secrets in '%1' cannot be written: %2; check the directory's "
                           "permissions"_s.arg(file.fileName(), file.errorString()));
    const std::string text = json{{"version", 1}, {"secrets", secrets}}.dump(2) + "\n";
    file.write(text.data(), qint64(text.size()));
    if (!file.commit())
        return unavailable(u"the secrets in '%1' cannot be written: %2; check the free space"_s.arg(
            file.fileName(), file.errorString()));
    return {};
}

/// Reads, lets `change` change, and writes, while nobody else does.
template<typename Change>
Result<void> changeFile(const std::string &directory, Change change)
{
    QDir().mkpath(QString::fromStdString(directory));
    QLockFile lock(pathIn(directory, "secrets.lock"_L1));
    if (!lock.tryLock(10s)) {
        const QString where = QString::fromStdString(directory);
        return unavailable(
            lock.error() == QLockFile::LockFailedError
                ? u"somebody else writes the secrets in '%1'; try again"_s.arg(where)
                : u"'%1' cannot be written; check the directory's permissions"_s.arg(where));
    }
    auto secrets = read(directory);
    if (!secrets)
        return secrets.error();
    if (auto changed = change(*secrets); !changed)
        return changed;
    return write(directory, *secrets);
}

/// Runs a job of the keychain to its end.
QKeychain::Error finished(QKeychain::Job &job)
{
    job.setAutoDelete(false);
    job.setInsecureFallback(false);
    QEventLoop loop;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(keychainPatience, &loop, &QEventLoop::quit);
    job.start();
    loop.exec();
    return job.error();
}

bool keptInKeychain(const std::string &directory, const std::string &name, const std::string &value)
{
    QKeychain::WritePasswordJob job(u"signalbox"_s);
    job.setKey(keychainKey(directory, name));
    job.setTextData(QString::fromStdString(value));
    if (finished(job) != QKeychain::NoError)
        return false;
    // A keychain that cannot give it back is none.
    QKeychain::ReadPasswordJob back(u"signalbox"_s);
    back.setKey(job.key());
    return finished(back) == QKeychain::NoError && back.textData().toStdString() == value;
}

void removeFromKeychain(const std::string &directory, const std::string &name)
{
    QKeychain::DeletePasswordJob job(u"signalbox"_s);
    job.setKey(keychainKey(directory, name));
    finished(job);
}

void findInKeychain(const std::string &directory, const std::string &name, SecretFound found)
{
    auto *job = new QKeychain::ReadPasswordJob(u"signalbox"_s); // deletes itself
    job->setKey(keychainKey(directory, name));
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, found = std::move(found)] {
        if (job->error() == QKeychain::NoError)
            return found(job->textData().toStdString());
        if (job->error() == QKeychain::EntryNotFound)
            return found(Error{ErrorCode::NotFound, "it is not in the keychain any more", {}});
        found(unavailable(u"the keychain does not give it out: %1"_s.arg(job->errorString())));
    });
    job->start();
}

Error noSuch(const std::string &name)
{
    return {ErrorCode::NotFound, "there is no secret '" + name + "'", {}};
}

} // namespace

Result<void> SecretStore::set(
    const std::string &name, const std::string &value, Keychain keychain) const
{
    if (!isSecretName(name))
        return Error{ErrorCode::InvalidArgument,
            "a secret's name has letters, digits, '_', '-' and '.' only, at most 100; it is '" +
                name + "'",
            {}};
    if (value.empty() || value.size() > largestValue ||
        JsonText::ofString(value).tree().get<std::string>() != value)
        return Error{ErrorCode::InvalidArgument,
            "a secret's value must be a text in UTF-8, not empty and at most 64 KiB", {}};
    const bool kept = keychain == Keychain::IfItRuns && keptInKeychain(m_directory, name, value);
    return changeFile(m_directory, [&](json &secrets) -> Result<void> {
        secrets[name] = kept ? json::object() : json{{"value", value}};
        return {};
    });
}

Result<void> SecretStore::remove(const std::string &name) const
{
    bool inKeychain = false;
    auto changed = changeFile(m_directory, [&](json &secrets) -> Result<void> {
        const auto found = secrets.find(name);
        if (found == secrets.end())
            return noSuch(name);
        inKeychain = !found->contains("value");
        secrets.erase(found);
        return {};
    });
    if (changed && inKeychain)
        removeFromKeychain(m_directory, name);
    return changed;
}

Result<std::vector<std::string>> SecretStore::names() const
{
    const auto secrets = read(m_directory);
    if (!secrets)
        return secrets.error();
    std::vector<std::string> names;
    for (const auto &[name, value] : secrets->items())
        names.push_back(name);
    return names;
}

void SecretStore::find(const std::string &name, SecretFound found) const
{
    const auto secrets = read(m_directory);
    if (!secrets)
        return found(secrets.error());
    const auto secret = secrets->find(name);
    if (secret == secrets->end())
        return found(noSuch(name));
    if (const auto value = secret->find("value"); value != secret->end() && value->is_string())
        return found(value->get<std::string>());
    findInKeychain(m_directory, name, std::move(found));
}

} // namespace engine
