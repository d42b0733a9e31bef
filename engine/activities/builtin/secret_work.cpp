#include "engine/activities/builtin/secret_work.h"

#include "engine/activities/grants.h"

#include <nlohmann/json.hpp>

#include <QUrl>

#include <utility>

namespace engine {
namespace {

Failure failure(const char *type, const std::string &message, bool retriable = false)
{
    return {.type = type, .message = message, .retriable = retriable};
}

/// An attempt whose secrets are being looked up.
struct Lookup {
    ActivityRequest request;
    ActivityDone done;
    std::vector<std::string> missing; ///< names still to be found
    SecretValues values;
    std::string connection; ///< the secret that the named member stands for; empty: none
    bool canceled = false;
};

/// Looks secrets up, one after the other, and hands the attempt on. Net thread.
class SecretWork : public NetWork
{
public:
    SecretWork(
        SecretSources sources, std::unique_ptr<Activity> activity, std::optional<NamedSecret> named)
        : m_sources(std::move(sources))
        , m_activity(std::move(activity))
        , m_named(std::move(named))
    {}

    void start(const ActivityRequest &request, ActivityDone done) override
    {
        auto lookup = std::make_shared<Lookup>(Lookup{request, std::move(done), {}, {}, {}});
        const auto names = secretNamesIn(request.with.text());
        for (const std::string &name : names)
            if (request.secrets.contains(name))
                lookup->missing.push_back(name);
        if (m_named) {
            if (auto refused = readConnection(*lookup))
                return lookup->done(*std::move(refused));
        }
        m_lookups[request.key] = lookup;
        goOn(lookup);
    }

    void cancel(const ActivityKey &key) override
    {
        if (const auto found = m_lookups.find(key); found != m_lookups.end())
            found->second->canceled = true;
        else
            m_activity->cancel(key);
    }

private:
    std::optional<Failure> readConnection(Lookup &lookup) const
    {
        const auto with = lookup.request.with.tree();
        if (!with.is_object())
            return {}; // the activity says what it needs
        const auto name = with.value(m_named->member,
            m_named->otherwise ? nlohmann::json(*m_named->otherwise) : nlohmann::json());
        if (!name.is_string() || !isSecretName(name.get<std::string>()))
            return failure("ValidationError", lookup.request.activity + ": '" + m_named->member +
                                                  "' must be the name of a secret");
        lookup.connection = name.get<std::string>();
        // Without a name of its own the kind was granted as such.
        if (!with.contains(m_named->member) && lookup.request.granted.contains(""))
            return addMissing(lookup);
        if (auto refused = refusal(lookup.request, lookup.connection))
            return refused;
        return addMissing(lookup);
    }

    static std::optional<Failure> addMissing(Lookup &lookup)
    {
        lookup.missing.push_back(lookup.connection);
        return {};
    }

    /// What must not be seen of an attempt: also the password inside an address.
    static SecretValues hiddenOf(const Lookup &lookup)
    {
        SecretValues hidden = lookup.values;
        if (const auto address = lookup.values.find(lookup.connection);
            address != lookup.values.end()) {
            const QUrl url(QString::fromStdString(address->second));
            if (!url.password().isEmpty())
                hidden[lookup.connection + ".password"] =
                    url.password(QUrl::FullyDecoded).toStdString();
        }
        return hidden;
    }

    void goOn(const std::shared_ptr<Lookup> &lookup)
    {
        if (lookup->missing.empty())
            return handOn(*lookup);
        const std::string name = lookup->missing.back();
        const SecretFound goOnWith = [this, lookup, name](Result<std::string> found) {
            if (!found)
                return finish(*lookup, notFound(name, found.error()));
            lookup->missing.pop_back();
            lookup->values.insert_or_assign(name, *std::move(found));
            goOn(lookup);
        };
        if (name == callbackSecret)
            goOnWith(m_sources.callbackUrl(lookup->request.instance));
        else
            m_sources.find(name, goOnWith);
    }

    static Failure notFound(const std::string &name, const Error &error)
    {
        if (error.code != ErrorCode::NotFound)
            return failure(
                "NotAllowed", "secret '" + name + "' cannot be read: " + error.message, true);
        return failure("NotAllowed",
            "there is no secret '" + name + "'; keep it with: signalbox secret set " + name);
    }

    void finish(Lookup &lookup, ActivityOutcome outcome)
    {
        m_lookups.erase(lookup.request.key);
        lookup.done(std::move(outcome));
    }

    void handOn(Lookup &lookup)
    {
        if (lookup.canceled)
            return finish(lookup, failure("Canceled", "canceled before it began"));
        auto with = lookup.values.empty() ? Result(lookup.request.with)
                                          : withSecrets(lookup.request.with, lookup.values);
        if (!with)
            return finish(
                lookup, failure("ValidationError", "with its secrets: " + with.error().message));
        m_lookups.erase(lookup.request.key);
        ActivityRequest request = lookup.request;
        request.with = *std::move(with);
        if (!lookup.connection.empty()) {
            auto tree = request.with.tree();
            tree[m_named->member] = lookup.values.at(lookup.connection);
            request.with = JsonText::of(tree);
        }
        m_activity->start(request, [done = std::move(lookup.done), values = hiddenOf(lookup)](
                                       ActivityOutcome outcome) {
            done(values.empty() ? std::move(outcome) : withoutSecrets(std::move(outcome), values));
        });
    }

    SecretSources m_sources;
    std::unique_ptr<Activity> m_activity;
    std::optional<NamedSecret> m_named;
    std::map<ActivityKey, std::shared_ptr<Lookup>> m_lookups;
};

} // namespace

std::unique_ptr<Activity> withSecretsOf(const SecretSources &sources, QObject &net,
    std::unique_ptr<Activity> activity, std::optional<NamedSecret> named)
{
    return std::make_unique<NetActivity>(
        net, std::make_unique<SecretWork>(sources, std::move(activity), std::move(named)));
}

} // namespace engine
