#pragma once

#include "engine/door/keys_door.h"
#include "engine/engine_inbox.h"
#include "engine/store/store.h"

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace engine {

/// The door's side for keys. All of them stand in memory, because every request asks for one; what is
/// changed is on disk before it counts here, and counts here before it is answered. Any thread.
class EngineKeys final : public KeysDoor
{
public:
    /// `inbox` and `clock` outlive every call; answers may come later. `changed` is called when a key does
    /// not open any more what it did, before that is answered; it may only post. Damaged if a key has a scope that nobody knows.
    static Result<std::unique_ptr<EngineKeys>> from(
        EngineInbox &inbox, const Clock &clock, const std::vector<StoredAccessKey> &stored,
        std::function<void()> changed);

    void make(MakeKey request, Answered<AccessKey> answered) override;
    void rotate(std::string label, std::string digest, Source source,
        Answered<AccessKey> answered) override;
    void revoke(std::string label, Source source, Answered<AccessKey> answered) override;
    std::vector<AccessKey> keys() const override;
    std::optional<AccessKey> keyOf(std::string_view digest) const override;

private:
    EngineKeys(EngineInbox &inbox, const Clock &clock)
        : m_inbox(inbox)
        , m_clock(clock)
    {}

    Result<void> mayMake(const std::string &label);
    Result<AccessKey> takeInHand(const std::string &label);
    void store(AccessKey key, bool goes, Source source, Answered<AccessKey> answered);
    void settle(const AccessKey &key, bool goes, bool isDone);

    EngineInbox &m_inbox;
    const Clock &m_clock;
    std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    std::vector<AccessKey> m_keys; ///< by label
    std::set<std::string> m_inHand; ///< labels whose key is being changed
};

} // namespace engine
