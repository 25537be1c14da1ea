using System.Diagnostics;
using System.Globalization;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests.CrossProcess;

/// <summary>Is a guest whose driver runs in a process of its own, on pages out of the memory of this one.</summary>
internal sealed class ChildGuest : IDisposable
{
    private static int _numbers;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public ChildGuest(HypercallServer server, Guest guest, string role, long count)
    {
        Guest = guest;
        int number = Interlocked.Increment(ref _numbers);
        server.Serve(number, guest.Port);
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Vpio.CrossProcess.dll"), role, server.Path, number.ToString(CultureInfo.InvariantCulture),
            SharedFiles.DevicePageOf(guest.Port), SharedFiles.GuestPageOf(guest.Port), SharedFiles.MemoryOf(guest.Port), count.ToString(CultureInfo.InvariantCulture),
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public Guest Guest { get; }

    public string Said => _output.Result + _error.Result;

    public bool HasEnded => _process.HasExited;

    /// <summary>Gets how far the process says that it is.</summary>
    public ulong Progress => Volatile.Read(ref Guest.Pages.Memory.At<ulong>(0));

    public int AwaitEnd(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
            Assert.Fail($"guest {Guest.Id} in process {_process.Id} got as far as {Progress}, and waits for ever");
        return _process.ExitCode;
    }

    /// <summary>Ends the process by SIGKILL: it tidies nothing up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
