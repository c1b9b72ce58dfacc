using System.Reflection;
using BenchmarkDotNet.Running;
using PyBase.Benchmarks.Tables;

if (args is ["tables", .. var options])
    await TableBenchmarks.RunAsync(options);
else
    BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
