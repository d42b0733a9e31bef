#pragma once

#include "engine/door/secrets_door.h"
#include "engine/engine_inbox.h"

#include <functional>
#include <memory>
#include <string>

namespace engine {

/// The door's side for secrets: they stand beside the database, so what is done with them is noted in the
/// audit log when it is done; what is under way outlives this. Any thread.
class EngineSecrets final : public SecretsDoor
{
public:
    /// `run` takes jobs to a thread that may wait for the keychain.
    using Run = std::function<void(std::function<void()>)>;

    EngineSecrets(EngineInbox &inbox, std::string directory, Run run);

    void names(Answered<std::vector<std::string>> answered) override;
    void put(
        std::string name, std::string value, Source source, Answered<void> answered) override;
    void remove(std::string name, Source source, Answered<void> answered) override;

private:
    std::shared_ptr<EngineInbox> m_inbox;
    std::string m_directory;
    Run m_run;
};

} // namespace engine
