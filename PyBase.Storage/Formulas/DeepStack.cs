using System.Runtime.ExceptionServices;

namespace PyBase.Storage.Formulas;

/// <summary>Walks over deeply nested formulas take more stack than a pooled thread may have left.</summary>
static class DeepStack
{
    const int Shallow = 100;
    const int Bytes = 64 << 20;

    public static T Run<T>(int depth, Func<T> walk)
    {
        if (depth < Shallow)
            return walk();
        T result = default!;
        ExceptionDispatchInfo? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = walk();
            }
            catch (Exception thrown)
            {
                problem = ExceptionDispatchInfo.Capture(thrown);
            }
        }, Bytes);
        thread.Start();
        thread.Join();
        problem?.Throw();
        return result;
    }
}
