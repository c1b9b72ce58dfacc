using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Imports;

namespace PyBase.Storage.Imports;

/// <summary>Tokens of other services while a job needs them: sealed with the installation's keys, so that a copy of the database gives none away.</summary>
public sealed class SealedTokens(IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("PyBase.ImportTokens");

    /// <summary>The input of the job.</summary>
    public string Seal(AirtableRequest request) =>
        new JsonObject { ["url"] = request.Url, ["base"] = request.Base, ["keepIds"] = request.KeepIds, ["sealed"] = protector.Protect(request.Token) }.ToJsonString();

    /// <summary>What was sealed; the keys may be gone after a restore.</summary>
    public Result<AirtableRequest> Open(JsonElement input)
    {
        try
        {
            return new AirtableRequest(input.GetText("url") ?? "", input.GetText("base") ?? "", protector.Unprotect(input.GetText("sealed") ?? ""), input.GetFlag("keepIds") ?? true);
        }
        catch (CryptographicException)
        {
            return ImportErrors.InvalidSource("its token was taken away when the import ended; start a new one");
        }
    }
}
