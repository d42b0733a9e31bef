#pragma once

#include "engine/activities/secrets.h"
#include "engine/base/result.h"

#include <string>
#include <vector>

namespace engine {

/// The secrets of a data directory (semantics 5.6): in the system's keychain where one runs, else
/// in a file for the user alone. The file `secrets.json` also says which names there are and where
/// each value is. Any number of programs may use one directory at a time.
class SecretStore
{
public:
    enum class Keychain { IfItRuns, Never };

    explicit SecretStore(std::string directory)
        : m_directory(std::move(directory))
    {}

    /// Keeps a value, in place of the one before. Waits for the keychain. InvalidArgument for a
    /// wrong name or value, Unavailable if neither place takes it. Needs a QCoreApplication.
    Result<void> set(const std::string &name, const std::string &value, Keychain keychain) const;
    /// NotFound if there is none. Waits for the keychain.
    Result<void> remove(const std::string &name) const;
    /// In the order of the alphabet.
    Result<std::vector<std::string>> names() const;
    /// As FindSecret says. On a thread with a Qt event loop.
    void find(const std::string &name, SecretFound found) const;

private:
    std::string m_directory;
};

} // namespace engine
