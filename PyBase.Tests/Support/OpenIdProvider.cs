using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PyBase.Tests.Support;

/// <summary>
/// An OpenID provider on a port of its own: discovery, keys, authorization code with PKCE, tokens signed with RS256, userinfo. It lets in
/// <see cref="Claims"/> without asking; the switches make it lie.
/// </summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "pybase";
    public const string ClientSecret = "the client's own";

    readonly WebApplication app;
    readonly RSA rsa = RSA.Create(2048);
    readonly ConcurrentDictionary<string, (string Redirect, string Challenge, string? Nonce)> codes = new();

    OpenIdProvider(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    /// <summary>Who signs in next, as the id token says.</summary>
    public Dictionary<string, object> Claims { get; } = [];

    /// <summary>What only userinfo says.</summary>
    public Dictionary<string, object> UserInfo { get; } = [];

    /// <summary>Claims of the token that are made up, in place of the true ones.</summary>
    public Dictionary<string, object> Lies { get; } = [];

    /// <summary>Sign with a key that is not among the published ones.</summary>
    public bool SignsWithAnotherKey { get; set; }

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new OpenIdProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = provider.Issuer, ["authorization_endpoint"] = provider.Issuer + "/authorize", ["token_endpoint"] = provider.Issuer + "/token",
            ["userinfo_endpoint"] = provider.Issuer + "/userinfo", ["jwks_uri"] = provider.Issuer + "/keys", ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" }, ["code_challenge_methods_supported"] = new[] { "S256" },
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/userinfo", () => Results.Json(provider.UserInfo.Concat([new("sub", provider.Claims["sub"])]).ToDictionary()));
        await app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || query["state"].Count == 0 || query["nonce"].Count == 0)
            return Results.BadRequest();
        var code = RandomNumberGenerator.GetHexString(32);
        codes[code] = (query["redirect_uri"]!, query["code_challenge"]!, query["nonce"]);
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var verifier = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes((string?)form["code_verifier"] ?? "")));
        if (!codes.TryRemove((string?)form["code"] ?? "", out var issued) || form["redirect_uri"] != issued.Redirect || verifier != issued.Challenge
            || form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(Claims) { ["iss"] = Issuer, ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300 };
        if (issued.Nonce is { } nonce)
            claims["nonce"] = nonce;
        foreach (var (name, value) in Lies)
            claims[name] = value;
        using var another = RSA.Create(2048);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new(new RsaSecurityKey(SignsWithAnotherKey ? another : rsa) { KeyId = "first", CryptoProviderFactory = new() { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = RandomNumberGenerator.GetHexString(32), token_type = "Bearer", expires_in = 300, id_token = token });
    }

    object PublicKey()
    {
        var key = rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "first", n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) };
    }
}
