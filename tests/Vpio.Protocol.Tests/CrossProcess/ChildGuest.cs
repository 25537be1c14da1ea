using System.Globalization;
using System.Runtime.InteropServices;
using Vpio.CrossProcess;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests.CrossProcess;

/// <summary>Is a guest in a process of its own that plays one of the roles of Vpio.CrossProcess.</summary>
internal sealed partial class ChildGuest
{
    public const int Kill9 = 9;
    public const int Stop19 = 19;

    private readonly Notebook _notebook;

    /// <summary>Adds the guest; its process is not started yet.</summary>
    public ChildGuest(ReferenceHypervisor hypervisor, string role, long count)
    {
        Guest = hypervisor.AddGuest(new GuestCommand("dotnet", [Program, role, count.ToString(CultureInfo.InvariantCulture)])
        {
            Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" },
        });
        _notebook = new Notebook(Guest.Application);
    }

    /// <summary>Gets the program that all of them are.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Vpio.CrossProcess.dll");

    public Guest Guest { get; }

    /// <summary>Gets what the process says that it found.</summary>
    public string Said => _notebook.Said;

    public bool HasEnded => Guest.Process!.Exit is not null;

    /// <summary>Gets how far the process says that it is.</summary>
    public ulong Progress => Volatile.Read(ref _notebook.Progress);

    public GuestExit AwaitEnd(TimeSpan patience)
    {
        if (!Guest.Process!.Ended.Wait(patience))
            Assert.Fail($"guest {Guest.Id} in process {Guest.Process.Id} got as far as {Progress}, and waits for ever");
        return Guest.Process.Ended.Result;
    }

    /// <summary>Ends the process by SIGKILL from outside: neither it nor the hypervisor tidies anything up before.</summary>
    public void Kill()
    {
        Send(Guest.Process!.Id, Kill9);
        Assert.That(AwaitEnd(TimeSpan.FromSeconds(30)), Is.EqualTo(new GuestExit(null, Kill9)));
    }

    /// <summary>Sends a signal from outside.</summary>
    public static void Send(int process, int signal) => Assert.That(SendSignal(process, signal), Is.Zero);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
