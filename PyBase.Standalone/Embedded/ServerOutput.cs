using System.Diagnostics;
using System.Text;

namespace PyBase.Standalone.Embedded;

/// <summary>The last words of a server process. Read for as long as it runs: a full pipe would stop it.</summary>
sealed class ServerOutput
{
    const int Limit = 8192;

    readonly StringBuilder _text = new();

    public ServerOutput(Process process)
    {
        process.StandardInput.Close();
        _ = ReadAsync(process.StandardOutput);
        _ = ReadAsync(process.StandardError);
    }

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString().Trim();
        }
    }

    async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer) is > 0 and var read)
            {
                lock (_text)
                {
                    _text.Append(buffer, 0, read);
                    if (_text.Length > Limit)
                        _text.Remove(0, _text.Length - Limit);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process and its pipes are gone.
        }
    }
}
