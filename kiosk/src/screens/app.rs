//! The program around the display: with a window, or without any display at all.

use std::{
    io::IsTerminal,
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    time::Instant,
};

use bevy::{
    DefaultPlugins,
    app::{App, AppExit, PluginGroup, PluginsState, TerminalCtrlCHandlerPlugin},
    asset::Assets,
    ecs::{
        message::MessageWriter,
        query::With,
        system::{Res, ResMut, Single},
    },
    image::Image,
    log::{BoxedFmtLayer, LogPlugin, tracing_subscriber::fmt},
    math::UVec2,
    render::{
        RenderPlugin,
        error_handler::{RenderErrorHandler, RenderErrorPolicy},
        renderer::RenderAdapterInfo,
        settings::{MemoryHints, WgpuSettings},
    },
    tasks::tick_global_task_pools_on_main_thread,
    window::{
        CursorOptions, ExitCondition, MonitorSelection, PresentMode, PrimaryWindow, Window, WindowCloseRequested,
        WindowMode, WindowPlugin, WindowResolution,
    },
    winit::{EventLoopProxyWrapper, UpdateMode, WinitPlugin, WinitSettings, WinitUserEvent},
};

use super::{exit::Exit, trouble};
use crate::{
    settings::{Motion, Size},
    stage::{
        self,
        adapter::{self, Adapter},
        frames::{Frames, Listener},
        glass::Canvas,
        look::Look,
        pictures::{Loader, Pictures},
        punctual, scene_target,
        surface::Surface,
        wake::{Alarm, Bell, HEARTBEAT, Pace, Wake},
    },
};

/// What kind of display there is to be.
pub struct Plan {
    /// Size of the window, or of the picture without one; the whole display without it.
    pub size: Option<Size>,
    /// Without a window.
    pub headless: bool,
    /// Reads pictures.
    pub load: Loader,
    /// Hears of each frame.
    pub listener: Listener,
}

/// Size of a display that is not there.
const NOMINAL: Size = Size { width: 1920, height: 1080 };
const NAME: &str = "litfass-kiosk";

/// Puts the program together, with the means to wake it.
pub fn build(plan: Plan) -> Result<(App, Wake), Exit> {
    let mut app = App::new();
    let headless = plan.headless;
    if let Err(why) = in_words(|| add_engine(&mut app, &plan)) {
        let exit = match headless {
            _ if !adapter::is_any_there() => Exit::NoDriver,
            true => Exit::Broken,
            false => Exit::NoDisplay,
        };
        let exit = trouble::explain(exit);
        trouble::say(&format!("litfass-kiosk: {why}"));
        return Err(exit);
    }
    let wake =
        if headless { run_without_display(&mut app, plan.size.unwrap_or(NOMINAL)) } else { run_window(&mut app) };
    app.insert_resource(Pictures::new(plan.load, wake.clone()));
    app.insert_resource(RenderErrorHandler(|error, main, _| {
        tracing::error!("draw: {:?} {}", error.ty, error.description);
        main.write_message(AppExit::from_code(Exit::DeviceLost as u8));
        RenderErrorPolicy::StopRendering
    }));
    app.add_plugins((Frames(plan.listener), stage::plugin));
    Ok((app, wake))
}

/// The engine panics where it finds no display, which is somebody's normal first try: what it says of it, without a trace.
fn in_words(start: impl FnOnce()) -> Result<(), String> {
    let told = Arc::new(Mutex::new(String::new()));
    let usual = panic::take_hook();
    let hearing = told.clone();
    panic::set_hook(Box::new(move |panic| {
        if let Ok(mut told) = hearing.lock() {
            *told = panic.payload_as_str().unwrap_or("start the drawing engine").replace('\n', " ");
        }
    }));
    let started = catch_unwind(AssertUnwindSafe(start));
    panic::set_hook(usual);
    started.map_err(|_| told.lock().map(|told| told.clone()).unwrap_or_default())
}

fn add_engine(app: &mut App, plan: &Plan) {
    app.insert_resource(Surface::new(Look::house().background));
    let window = WindowPlugin {
        primary_window: (!plan.headless).then(|| window(plan.size)),
        primary_cursor_options: Some(CursorOptions { visible: plan.size.is_some(), ..CursorOptions::default() }),
        exit_condition: ExitCondition::DontExit,
        close_when_requested: false,
    };
    let plugins = DefaultPlugins
        .set(window)
        .set(RenderPlugin {
            synchronous_pipeline_compilation: true,
            render_creation: frugal().into(),
            ..RenderPlugin::default()
        })
        .set(LogPlugin { filter: QUIET.into(), fmt_layer: plain_where_nobody_looks, ..LogPlugin::default() })
        // SIGTERM and Ctrl-C are the link's, which ends in good order.
        .disable::<TerminalCtrlCHandlerPlugin>();
    if plan.headless {
        app.add_plugins(plugins.disable::<WinitPlugin>());
    } else {
        app.add_plugins(plugins);
    }
}

/// A display draws few textures and runs for years: whatever is as large as a display has a block of its own, which is given
/// back with it. Growing blocks, which the engine takes otherwise, stand half empty for ever.
fn frugal() -> WgpuSettings {
    let memory_hints = MemoryHints::Manual { suballocated_device_memory_block_size: BLOCK..BLOCK };
    WgpuSettings { memory_hints, ..WgpuSettings::default() }
}

/// Bytes of a block that small textures share; no smaller one is given out.
const BLOCK: u64 = 4 << 20;

/// What the engine says of a display without a graphics processor or a size helps nobody; the kiosk says it in its reports.
const QUIET: &str =
    "wgpu=error,naga=warn,bevy_render=warn,bevy_render::renderer=error,bevy_time=error,bevy_winit=warn,winit=error";

/// A journal or a file has no colours.
fn plain_where_nobody_looks(_: &mut App) -> Option<BoxedFmtLayer> {
    let plain = || Box::new(fmt::Layer::default().with_writer(std::io::stderr).with_ansi(false)) as BoxedFmtLayer;
    (!std::io::stderr().is_terminal()).then(plain)
}

fn window(size: Option<Size>) -> Window {
    let of = size.unwrap_or(NOMINAL);
    // Our pixels are the display's pixels.
    let resolution = WindowResolution::new(of.width, of.height).with_scale_factor_override(1.0);
    let whole = WindowMode::BorderlessFullscreen(MonitorSelection::Current);
    Window {
        title: "Litfass".into(),
        name: Some(NAME.into()),
        mode: if size.is_some() { WindowMode::Windowed } else { whole },
        resolution,
        decorations: size.is_some(),
        present_mode: PresentMode::AutoVsync,
        ..Window::default()
    }
}

fn run_window(app: &mut App) -> Wake {
    app.add_plugins(punctual::plugin);
    app.add_systems(bevy::app::Last, pace_window);
    app.add_systems(bevy::app::Update, close);
    let proxy = app.world().get_resource::<EventLoopProxyWrapper>().map(|proxy| (**proxy).clone());
    let wake = Wake::new(move || {
        // It fails only when the program has ended.
        let _ = proxy.as_ref().map(|proxy| proxy.send_event(WinitUserEvent::WakeUp));
    });
    app.insert_resource(Alarm::new(wake.clone()));
    wake
}

fn pace_window(pace: Res<'_, Pace>, alarm: Res<'_, Alarm>, mut settings: ResMut<'_, WinitSettings>) {
    // One of two, and no other: a loop whose pace is changed draws a frame at once.
    let mode = if pace.busy { UpdateMode::Continuous } else { UpdateMode::reactive_low_power(HEARTBEAT) };
    if settings.focused_mode != mode {
        (settings.focused_mode, settings.unfocused_mode) = (mode, mode);
    }
    if !pace.busy {
        alarm.set(Instant::now() + pace.wait());
    }
}

fn close(
    mut requests: bevy::ecs::message::MessageReader<'_, '_, WindowCloseRequested>,
    window: Option<Single<'_, '_, &Window, With<PrimaryWindow>>>,
    mut exit: MessageWriter<'_, AppExit>,
) {
    if requests.read().next().is_some() || window.is_none() {
        exit.write(AppExit::Success);
    }
}

fn run_without_display(app: &mut App, size: Size) -> Wake {
    let canvas = scene_target(size.width, size.height);
    let canvas = app.world_mut().resource_mut::<Assets<Image>>().add(canvas);
    app.insert_resource(Canvas(canvas));
    app.world_mut().resource_mut::<Surface>().glass = UVec2::new(size.width, size.height);
    let bell = Bell::default();
    let wake = bell.clone();
    app.set_runner(move |app| run_to_the_bell(app, &bell));
    Wake::new(move || wake.ring())
}

fn run_to_the_bell(mut app: App, bell: &Bell) -> AppExit {
    loop {
        app.update();
        if let Some(exit) = app.should_exit() {
            return exit;
        }
        let pace = app.world().get_resource::<Pace>().copied().unwrap_or_default();
        bell.wait(pace.wait().max(FRAME));
    }
}

/// Without a display to wait for, drawing waits by itself.
const FRAME: std::time::Duration = std::time::Duration::from_millis(8);

/// Gets everything ready that was put together; returns what draws, and whether things keep still.
pub fn get_ready(app: &mut App, motion: Motion) -> (Adapter, bool) {
    while app.plugins_state() == PluginsState::Adding {
        tick_global_task_pools_on_main_thread();
    }
    app.finish();
    app.cleanup();
    let found = app.world().get_resource::<RenderAdapterInfo>().map(Adapter::chosen);
    let adapter = found.unwrap_or(Adapter { name: String::new(), slow: true });
    let still = match motion {
        Motion::Auto => adapter.slow,
        Motion::Full => false,
        Motion::Still => true,
    };
    app.world_mut().resource_mut::<Surface>().moves = !still;
    (adapter, still)
}

/// Reads pictures from a folder by their hash.
pub fn load_from(folder: std::path::PathBuf) -> Loader {
    Arc::new(move |sha256| std::fs::read(folder.join(sha256)))
}
