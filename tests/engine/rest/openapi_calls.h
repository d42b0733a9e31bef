#pragma once

#include "engine/model/schema/schema.h"
#include "engine/rest/v1/openapi_document.h"
#include "tests/support/engine_over_rest.h"

#include <QTest>

#include <memory>
#include <set>
#include <string>

namespace tests {

/// Calls to a whole engine that must be as the OpenAPI document describes them.
class OpenApiCalls : public QObject
{
protected:
    using json = nlohmann::json;

    json m_document = json::parse(engine::openApiDocument());
    std::unique_ptr<EngineOverRest> m_rest;
    QByteArray m_faults;
    std::set<std::string> m_answered; ///< operations that were answered well

    std::set<std::string> described() const
    {
        std::set<std::string> all;
        for (const auto &[path, operations] : m_document.at("paths").items()) {
            for (const auto &[verb, operation] : operations.items()) {
                const QByteArray method = QByteArray::fromStdString(verb).toUpper();
                all.insert(method.toStdString() + " " + path);
            }
        }
        return all;
    }

    const json &resolved(const json &value) const
    {
        const auto place = value.find("$ref");
        if (place == value.end())
            return value;
        return m_document.at(json::json_pointer(place->get<std::string>().substr(1)));
    }

    static void collectReferences(const json &value, std::set<std::string> &references)
    {
        if (value.is_object() && value.contains("$ref"))
            references.insert(value.at("$ref").get<std::string>());
        if (value.is_structured()) {
            for (const json &inner : value)
                collectReferences(inner, references);
        }
    }

    /// The path of the document that a call goes to; the one with the fewest names if several fit.
    std::string templateOf(const QByteArray &path) const
    {
        const QList<QByteArray> parts = path.split('?').front().split('/');
        std::string best;
        qsizetype fewest = 100;
        for (const auto &[pattern, operations] : m_document.at("paths").items()) {
            const QList<QByteArray> wanted = QByteArray::fromStdString(pattern).split('/');
            qsizetype names = 0;
            bool fits = wanted.size() == parts.size();
            for (qsizetype i = 0; fits && i < parts.size(); ++i) {
                const bool isName = wanted[i].startsWith('{');
                names += isName;
                fits = isName || wanted[i] == parts[i];
            }
            if (fits && names < fewest) {
                fewest = names;
                best = pattern;
            }
        }
        return best;
    }

    /// The faults of a body against what the document says about it; it may not be described at all.
    QByteArray faultsOf(const json &description, const QByteArray &type, const QByteArray &body) const
    {
        if (!description.contains("content"))
            return body.isEmpty() ? QByteArray() : QByteArray("a body that is not described");
        const std::string media = type.split(';').front().trimmed().toStdString();
        const json &content = description.at("content");
        if (!content.contains(media))
            return "the type '" + QByteArray::fromStdString(media) + "' is not described";
        if (media.starts_with("text/"))
            return {};
        json schema = content.at(media).at("schema");
        schema["components"] = m_document.at("components");
        QByteArray faults;
        for (const engine::SchemaFault &fault :
            validate(engine::JsonText::of(schema), engine::JsonText::of(json::parse(body.toStdString()))))
            faults += QByteArray::fromStdString(fault.pointer + ": " + fault.message + "\n");
        return faults;
    }

    /// A call whose request, status and answer must be as described, or it stands in m_faults.
    json call(const QByteArray &method, const QByteArray &path, const json &body = {},
        int expected = 0, const QByteArray &key = "x-functions-key: secret\r\n")
    {
        const std::string pattern = templateOf(path);
        const QByteArray sent =
            body.is_null() ? QByteArray() : QByteArray::fromStdString(body.dump());
        const auto answer =
            HttpClient(m_rest->port())
                .call(method, path, sent,
                    sent.isEmpty() ? key : key + "Content-Type: application/json\r\n");
        const json &operation = m_document.at("paths").at(pattern).at(
            method.toLower().toStdString());
        const std::string status = std::to_string(answer.status);
        const QByteArray what = method + ' ' + path + ' ' + QByteArray::fromStdString(status) +
                                ' ' + answer.body.left(2'000);
        if (expected != 0 && answer.status != expected)
            m_faults += "not " + QByteArray::number(expected) + ": " + what + '\n';
        if (!operation.at("responses").contains(status))
            m_faults += "this status is not described: " + what + '\n';
        else if (const auto faults = faultsOf(resolved(operation.at("responses").at(status)),
                answer.headers.value("content-type"), answer.body);
            !faults.isEmpty())
            m_faults += what + ": " + faults;
        if (answer.status < 300) {
            m_answered.insert(method.toStdString() + " " + pattern);
            if (!sent.isEmpty()) {
                const auto faults =
                    faultsOf(operation.at("requestBody"), "application/json", sent);
                if (!faults.isEmpty())
                    m_faults += "the request " + sent + ": " + faults;
            }
        }
        return answer.headers.value("content-type").contains("json")
                   ? json::parse(answer.body.toStdString())
                   : json(answer.body.toStdString());
    }
    json get(const QByteArray &path, int expected = 200) { return call("GET", path, {}, expected); }
    void start(const char *flow, const char *id, const json &input = nullptr)
    {
        call("POST", "/api/v1/instances", {{"flow", flow}, {"instance", id}, {"input", input}}, 201);
    }
    static QByteArray text(const json &value)
    {
        return QByteArray::fromStdString(value.get<std::string>());
    }
    QByteArray taskOf(const char *instance)
    {
        return "/api/v1/tasks/" +
               text(get(QByteArray("/api/v1/tasks?instance=") + instance).at("tasks").at(0).at("id"));
    }
    /// Work that was fetched: where to answer it.
    QByteArray fetchWork()
    {
        const json work = call("POST", "/api/v1/work/pack?wait=60", {}, 200).at("work");
        return "/api/v1/work/pack/" + text(work.at(0).at("lease"));
    }

};

} // namespace tests
