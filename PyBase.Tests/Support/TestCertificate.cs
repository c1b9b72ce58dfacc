using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PyBase.Tests.Support;

/// <summary>One certificate for this machine's loopback, made for the run, which the clients of the tests trust, and no other.</summary>
static class TestCertificate
{
    static readonly Lazy<(string File, string Thumbprint)> s_made = new(Make);

    /// <summary>Key and certificate, as servers read them.</summary>
    public static string File => s_made.Value.File;

    /// <summary>Whether a server shows it.</summary>
    public static bool IsShown(X509Certificate? certificate) => certificate is X509Certificate2 shown && shown.Thumbprint == s_made.Value.Thumbprint;

    static (string, string) Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var file = Path.Combine(TestRun.NewFolder("certificate"), "tls.pem");
        System.IO.File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return (file, certificate.Thumbprint);
    }
}
