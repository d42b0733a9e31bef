#include "engine/engine_secrets.h"

#include "engine/secret_store.h"

#include <utility>

namespace engine {
namespace {

void note(EngineInbox &inbox, const char *operation, const std::string &name, const Source &source,
    const SecretsDoor::Answered<void> &answered)
{
    inbox.submit({{}, {}, NoteOperation{operation, "secret/" + name, {}, {}, source}},
        [answered](const Result<Accepted> &noted) {
            answered(noted ? Result<void>() : Result<void>(noted.error()));
        });
}

} // namespace

EngineSecrets::EngineSecrets(EngineInbox &inbox, std::string directory, Run run)
    : m_inbox(inbox.shared_from_this())
    , m_directory(std::move(directory))
    , m_run(std::move(run))
{}

void EngineSecrets::names(Answered<std::vector<std::string>> answered)
{
    m_run([directory = m_directory, answered = std::move(answered)] {
        answered(SecretStore(directory).names());
    });
}

void EngineSecrets::put(
    std::string name, std::string value, Source source, Answered<void> answered)
{
    m_run([inbox = m_inbox, directory = m_directory, name = std::move(name),
              value = std::move(value), source = std::move(source), answered = std::move(answered)] {
        const auto done =
            SecretStore(directory).set(name, value, SecretStore::Keychain::IfItRuns);
        if (!done)
            return answered(done.error());
        note(*inbox, "setSecret", name, source, answered);
    });
}

void EngineSecrets::remove(std::string name, Source source, Answered<void> answered)
{
    m_run([inbox = m_inbox, directory = m_directory, name = std::move(name),
              source = std::move(source), answered = std::move(answered)] {
        if (const auto done = SecretStore(directory).remove(name); !done)
            return answered(done.error());
        note(*inbox, "removeSecret", name, source, answered);
    });
}

} // namespace engine
