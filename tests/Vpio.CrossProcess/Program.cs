using Vpio.CrossProcess;
using Vpio.GuestDriver.Processes;

if (args[0] == "host")
    return HostProcess.Run();

// What to be, and how often.
using ProcessPort port = ProcessPort.Open();
GuestProcess process = new(port, long.Parse(args[1]));
return args[0] switch
{
    "turns" => process.TakeTurns(),
    "echo" => process.Echo(),
    "hold" => process.Hold(),
    "watch" => process.Watch(),
    "scribble" => process.Scribble(),
    "outlive" => process.Outlive(),
    _ => throw new ArgumentException($"A guest process is turns, echo, hold, watch, scribble or outlive, a hypervisor is host, and not {args[0]}."),
};
